<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutSection</name>
    <message>
        <source>About</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Licence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Works with</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ActivityScreen</name>
    <message>
        <source>Clear history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Installs, updates, rollbacks and checks appear here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Answer</name>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped, as you asked</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AuditCard</name>
    <message>
        <source>Reads every installed file again and compares it with what was signed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Audit everything</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BundleStack</name>
    <message>
        <source>Looking at what is installed and what the catalogs offer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No bundle matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are bundles, but the filter above hides them all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all bundles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No bundles yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No catalog offers anything for this launcher.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the sources again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BundleView</name>
    <message>
        <source>Bundles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter does what the button of the row does</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>Details of the selected bundle</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DiskCard</name>
    <message>
        <source>What could go?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove these revisions</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{size} in %n bundle(s); large files that revisions share are on the disk once.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing can go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything that is here is active, needed to go back, or among the newest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} can go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} are free again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DoctorCard</name>
    <message>
        <source>Ask the sources again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks at the signers, the catalogs, the store, the disk and the graphics libraries.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check this machine</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export bundles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One file with all that proves the bundles, for machines without a network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install a bundle first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bundles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All revisions, not only the active ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export to</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilesSection</name>
    <message>
        <source>Files and disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download: {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Active revision: {active}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>All %n revision(s): {total}; large files that they share are on the disk once.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The list of files was signed by the publisher.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list of files was recorded when the signed archive was unpacked.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Search (Ctrl+F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search bundles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accelerator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fits this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Installed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FitSection</name>
    <message>
        <source>On this machine</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JobPanel</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show signer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>ARW Launcher: sample registry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ARW Launcher</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runtimes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A runtime is running. Stop it and quit?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticeArea</name>
    <message>
        <source>A test registry on this machine, with its own key and folders. Your own runtimes are not touched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample registry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is trusted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n catalog(s) were refused. {message}</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Catalog refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sources cannot be reached. What is shown was verified {age}; all that is installed works.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sources cannot be reached. All that is installed works.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{title} (unsigned)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticesScreen</name>
    <message>
        <source>Kind of notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No notices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing concerns this machine at the moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismissed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Screens</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecordRow</name>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do it again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RevisionsSection</name>
    <message>
        <source>Revisions on this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Held: updates do not bring it back by themselves, because you rolled back from it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep {version} no longer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep {version} for good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>held</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept for good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>edited by hand</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunLog</name>
    <message>
        <source>Log of the runtime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not found</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunScreen</name>
    <message>
        <source>Runtime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a free one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open its web page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I agree, start it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A model file can also be dropped here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install one on the Runtimes screen first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models ({endings})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting on port {port}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers at {url}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It does not run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It asks for your consent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunningRow</name>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RuntimesScreen</name>
    <message>
        <source>Preparing the sample registry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runtimes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log of the job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checked {age}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Remove {name} with all %n revision(s)?</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{now} is active again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Updates will not bring {before} back by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsScreen</name>
    <message>
        <source>Reset to {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset {name}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SignatureSection</name>
    <message>
        <source>Signature</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TextDialog</name>
    <message>
        <source>Copy all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TransferDialog</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written: {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is verified and on this machine; Install makes it active, without a network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There was nothing to do</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_CommandSection</name>
    <message>
        <source>The same in a terminal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Comparison</name>
    <message>
        <source>Error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actual</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>activity</name>
    <message>
        <source>Interrupted: the app ended before it did. Starting again goes on from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{message} ({age})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There was nothing to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped, as you asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{word} {age}, after {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{word} {age}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What goes on, what waits for its turn, and what was done before.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>banner</name>
    <message>
        <source>Notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Security</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a web page?</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>bug</name>
    <message>
        <source>ARW Launcher has a bug</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nowhere: the log could not be written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window goes on; what is installed was not touched. Where it happened is in the log:
{path}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>bundle_list</name>
    <message>
        <source>recommended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>chips</name>
    <message>
        <source>Recommended</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>Base of all named failures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command or setting makes no sense as given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something was asked for, and it is already so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The person stopped it; what was active still is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The bytes are not the document that they claim to be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is damaged or was not written by a publishing tool; fetch it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The bytes are not UTF-8, or begin with a byte order mark.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text is not one JSON value and nothing else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An object names a key twice, so that two readers could see two documents.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A number is not an integer within ±(2^53-1), so that two readers could see two values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Objects and arrays are nested deeper than any honest document.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The document is larger than any honest one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A text holds half of a surrogate pair, which has no UTF-8 form.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A field is missing, of another type, or outside of its range.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A setting has a value that is not allowed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`arw-cli settings list` shows what is allowed; `arw-cli settings reset NAME` takes the default.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The document is of a type or major version that this program does not read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update ARW Launcher.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file name could leave its folder, or means different files on different systems.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The publisher must repack the bundle; no part of it was unpacked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was received is not what a trusted signer signed for this purpose.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The signer registry is broken; until it is mended nothing is trusted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore the registry from a source you trust; while it is broken nothing can be activated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no signer registry, and without one nothing is trusted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the operator&apos;s `bundle_signers.json` into the config folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The signatures of a document do not reach what its channel demands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The document carries no signature at all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the publisher for a signed one, or sign it: `arw-cli runtime bundles manifest sign`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A signature does not belong to these bytes, or is malformed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The document was changed after it was signed, or damaged on its way; do not use it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The signature carries a trusted signer&apos;s key id with another key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody copied a trusted key id; do not use this document, and tell the operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The signature is good, but nobody on this machine knows its key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If you know whose key it is, the operator can add it to the signer registry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The signer&apos;s key was trusted until a time that has passed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the publisher for a manifest signed with the current key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The signer&apos;s key is trusted only from a later time on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check this machine&apos;s clock.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The signer&apos;s key was revoked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not use what this key signed; ask the publisher for a manifest signed with another key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The signer is trusted, but not for this channel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewer trusted keys signed than the channel demands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was signed is not what was asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The channel offers an older revision than this machine has seen (a rollback attack).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The source is stale or lies. To go back to an installed revision, roll back instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One channel revision was published with two contents.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two documents claim the same channel revision; tell the operator before you install either.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The catalog is past its expiry; nothing new is activated from it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh the catalog; what is active keeps running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The document claims to be from the future.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A signing key cannot be used, or can be read by others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`arw-cli runtime bundles keys new` makes a signing key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An audit found installations that are not what a trusted signer signed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install what failed again, or roll back to a revision that is whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The bytes are not the ones that were signed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sha256 is not the signed one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file was changed or damaged on its way; nothing of it was used. Try again, or another source.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The size is not the signed one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file was cut or replaced on its way; nothing of it was used. Try again, or another source.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The manifest names an artifact without its sha256 or size, so it cannot be proven.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The publisher must add `sha256` and `size_bytes` to the artifact and sign again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A transfer did not happen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the network and try again; what was already fetched is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server could not be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server could not prove by a certificate that it is the one that was asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check this machine&apos;s clock; behind a company&apos;s proxy, SSL_CERT_FILE names its certificates.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server answered with an error status.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s answer breaks the rules of HTTP, or answers another question.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection ended before all bytes had come.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server sends so slowly that it would never end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server sent a web page instead of the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A sign-in page of the network may stand between; open a web page in a browser first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The local file that was to be read is not there, or is no file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The URL is of a kind that is never followed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sources are https; http only for this machine and for hosts that you listed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy or certificate settings of the environment cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at HTTPS_PROXY, NO_PROXY and SSL_CERT_FILE.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A server would have to be asked, and the settings say never to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import what is missing, or say `arw-cli settings set offline false`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sample registry needs pip, and there is none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the app from a checkout with `python3 dev.py run`, or use a catalog instead of the sample.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has built a program of the sample registry for this platform.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a catalog instead of the sample, or let a local build join it with `--bundle-from`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pip could not bring a program of the sample registry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the network and pip&apos;s settings (`pip config list`), then refresh; other catalogs still work.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive may not be unpacked; nothing of it is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The publisher must repack the bundle; no part of it was activated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive is cut, or its structure contradicts itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive holds a kind of member that is never unpacked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive holds a file that the signed index does not name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive lacks a file that the signed index names.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A link leads out of the bundle, nowhere, in a circle, or not to a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unpacked, the archive exceeds what was signed or any honest bundle.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive&apos;s format is not one that is unpacked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An exported cache is cut, or is not what its own listing says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy it again from where it was exported, or export it anew; nothing of it was imported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk refused, or what lies on it is not what was put there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another process is changing the store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for it to end, or stop it; nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space, for example with `arw-cli runtime bundles prune`; the active revision is untouched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The operating system denied access.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the owner and the mode of the folder; the active revision is untouched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The operating system reported a failing disk or file system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store&apos;s folder is not a folder of ours: a link, or another user&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No catalog offers the bundle, and it is not installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`arw-cli runtime bundles list` shows what there is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The bundle is not installed on this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The bundle has no such revision on this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`arw-cli runtime bundles rollback --bundle ID --list` shows what there is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An installed revision is not what was signed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install it again, or roll back to a revision that is whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The revision cannot be exported in a form that another machine could prove.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contents of a damaged revision are nowhere to be found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import an export of it, or install the bundle again when there is a network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store cannot be moved there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name a new or an empty folder outside of the store; nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A bundle&apos;s state file cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The bundle cannot work on this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`arw-cli runtime bundles list` shows which bundles fit this machine, and why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A runtime does not do what its manifest says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The executable that the manifest names is not in the bundle.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The staged runtime did not start or did not answer as its manifest says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The active runtime did not pass its smoke test.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The manifest asks for a consent that nobody gave on this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read what it says, then start it with `--consent`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The runtime was started, and did not become healthy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read its last lines; try another model, another port, or another accelerator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The runtime ended although nobody stopped it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read its last lines; try another model, or `rollback` if it worked before an update.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No runtime that this program started is running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`arw-cli runtime bundles run ID` starts one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The runtime is running already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`arw-cli runtime bundles stop ID` ends it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A process that the desktop app started did not tell how its job ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program could not be started at all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install ARW Launcher again; a part of it is missing or may not be executed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The process was killed, crashed, or ended without a word.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again; what was active still is, and what was fetched is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something failed that should not be able to; what was active still is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The channels that are followed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>names of channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Catalogs and exported caches to look at besides the shipped catalogs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>https:// or file:// URLs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hosts that may be asked over plain http.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>host names, without a port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy to use instead of the one that the system names.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>http://host:port, or nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificates (PEM) to prove servers by, instead of the operating system&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an absolute path, or nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never ask a server; what was fetched or imported before is used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>true or false</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refuse whatever is not signed by a trusted signer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where bundles are stored, instead of the cache folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So many of the newest revisions always stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With less free than this, old revisions are deleted by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same as a part of the volume.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the window looks for updates.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the window fetches updates it found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the window activates updates it fetched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many downloads the window runs at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours of the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language of the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the window shows its state in the system&apos;s tray.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the app stays in the tray when its window is closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether finished jobs are told while the window is not in front.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the log file keeps: failures, or what jobs say too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Works on this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Works if your GPU is one that the build supports.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recommended: {title}, because {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{titles} also works.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{titles} also work.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made for {need}; this machine runs {have}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made for {need}; this machine is {have}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs macOS {need} or later; this Mac has {have}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs glibc {need} or later; this machine has {have}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs {need} or later; this machine has {have}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wants {need} of memory; this machine has {have}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The accelerator `{name}` is unknown, so whether it works here is too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which driver {name} needs is unknown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has compute capability {have}; {need} is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} ({kind}) is not one of the GPUs that ROCm builds are made for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AMD&apos;s compute driver is not loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No GPU that Metal drives.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether there is a Vulkan device could not be found out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether there is an {vendor} GPU could not be found out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No Vulkan loader (`{library}`).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Vulkan driver did not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vulkan has no GPU here, only software ({name}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No Vulkan device.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No {vendor} GPU.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which GPUs {name} is for is unknown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NVIDIA driver {have} is too old; {need} or later is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The NVIDIA driver is not there or does not answer; {need} or later is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{version} (channel revision {number}) is available.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revision {number} is available.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update the operating system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update macOS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a newer release of the distribution.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a distribution with glibc.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use small models, and close other programs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take a build for an older CUDA, or the Vulkan build.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the Vulkan build.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install the `amdgpu` driver with ROCm.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install your GPU&apos;s driver with Vulkan support.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update your GPU&apos;s driver.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install NVIDIA driver {need} or later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed by {issuer}, key {key}, trusted for {channel} until {date}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed by {issuer}, key {key}, trusted for {channel}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed with the key {key}, trusted for {channel} until {date}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed with the key {key}, trusted for {channel}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not signed by anybody.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody signed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edited by hand on this machine; nobody signed it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its signatures cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is neither installed nor offered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its manifest is fetched, and its signature checked, when you install it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its catalog lies on this machine unsigned; its own signature is checked before installing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key {key} has expired since; this was verified before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No catalog offers it any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{version} is the newest on its channel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You rolled back from channel revision {number}; it stays held until a newer one comes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`--all-platforms` stores it all the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is here as {revision}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It would be stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stored as {revision}; `install {name}` makes it active.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It does not expire.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has expired on {date}; nothing new is activated from it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It expires on {date}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is as it should be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`{key}` of {issuer} expired {date}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`{key}` of {issuer} expires {date}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask who runs the channel for a new signer registry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trusted keys: {count}; none expires within {days} days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} expired {date}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetch a newer one: `arw-cli runtime bundles refresh`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} is valid until {date}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is none yet; {path} is made with the first installation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is on a file system without locks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let only one program use it at a time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is on a file system where revisions cannot share files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every revision takes its full size; a store on another volume takes less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} can be written; it has {abilities}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{free} GiB of {total} GiB are free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Old revisions are deleted by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is changing the store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{holder} is changing the store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for it; the lock ends with the process.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>`arw-cli runtime bundles repair {name}`, or install it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Installed bundles: {count}; all can be read, and `audit --deep` hashes every file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is an NVIDIA GPU, but no driver that answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install NVIDIA&apos;s driver.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vulkan is installed, but drives no GPU.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install the Vulkan driver of the GPU, if there is one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{driver}; Vulkan: {devices}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names}: {clause}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it needs no GPU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this Mac&apos;s GPU supports it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of {device} with driver {driver}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of {device}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no NVIDIA driver</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NVIDIA driver {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not installed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hard links</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>dialogs</name>
    <message>
        <source>The job left no log.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trusted until</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>disk</name>
    <message>
        <source>Revisions: {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{version} {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{version} (active) {size}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>health</name>
    <message numerus="yes">
        <source>{trusted} of %n installed bundle(s) are signed by a key that this machine trusts.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n carry no signature.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were refused.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Audit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disk use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: fine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: look at this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: broken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Catalogs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Locks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Installed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Graphics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Health</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether everything is as it was signed, what it takes on the disk, and what helps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signatures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing installed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All trusted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not all trusted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signatures demanded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signatures not demanded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Once a bundle is installed, this tells whose word it is.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>jobs</name>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>notices</name>
    <message>
        <source>Notices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the operators of your sources say about the bundles of this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} (unsigned)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>outcome</name>
    <message numerus="yes">
        <source>%Ln file(s) ({size}) were verified before the switch.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read again and compared, in all revisions: %Ln file(s), {size}.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more; the log has them all</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>What was fetched so far is kept; starting again goes on from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped, as you asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There was nothing to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It stays until you unpin it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may go when it is old enough</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every file is whole again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{version} is active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetched {size}, verified, unpacked and tested.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It answered: {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything is as it was signed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Health: HTTP {status}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It starts and answers (in {time})</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>quantities</name>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{amount} {unit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total} {unit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TB</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rail</name>
    <message>
        <source>Ctrl+{number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}, {count} waiting</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>run</name>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start an installed runtime with a model of yours, on this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Working</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Healthy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>screens</name>
    <message>
        <source>Import…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runtimes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Health</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>On</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none; one a line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hosts without encryption</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demand signatures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revisions that stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free space to keep, in bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free space to keep, in percent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for updates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetch updates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activate updates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Downloads at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in the tray</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stay in the tray</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failures only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What jobs say, too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each takes effect at once, here and in the command line program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decided by {ruler}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>texts</name>
    <message>
        <source>Active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update available</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Installed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not installed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not for this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trusted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Untrusted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bad signature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unsigned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not checked yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verify</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repair</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update to {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Return to {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Roll back to {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Return</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Roll back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until {date}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text}: nothing has come for {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text} at {speed}/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text}, {time} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for the store: {holder} is changing it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queued: waits until the job before it has ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused at {share}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the catalog</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verifying</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unpacking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving to the disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Testing whether it starts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Healthy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading what is installed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking the sources for news</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Installing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Updating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rolling back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verifying every file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Testing the runtime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismissing a notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restoring a notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for what can go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removing old revisions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repairing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeping a revision for good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Letting a revision go when its time comes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changing a setting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Importing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sources could not be asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The install was stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The update was stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rollback was stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The check found faults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The test failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notice could not be dismissed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notice could not be restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What can go could not be found out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Old revisions could not be removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This machine could not be checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The repair was stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be pinned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be unpinned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The setting could not be changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The runtime ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not all of it was imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not all of it was exported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was changed: no revision of this bundle is active.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was changed: {version} is still active.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expected: {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actual: {text}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>transfer</name>
    <message>
        <source>Import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import bundles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exported bundles (*{suffix})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Already here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
