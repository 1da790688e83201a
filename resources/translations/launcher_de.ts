<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutSection</name>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Made for</source>
        <translation>Gebaut für</translation>
    </message>
    <message>
        <source>Works with</source>
        <translation>Kann umgehen mit</translation>
    </message>
</context>
<context>
    <name>ActivityScreen</name>
    <message>
        <source>Clear history</source>
        <translation>Verlauf leeren</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Noch nichts</translation>
    </message>
    <message>
        <source>Installs, updates, rollbacks and checks appear here.</source>
        <translation>Hier erscheinen Installationen, Updates, Rückkehren und Prüfungen.</translation>
    </message>
    <message>
        <source>Go to Runtimes</source>
        <translation>Zu den Runtimes</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
</context>
<context>
    <name>Answer</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stopped, as you asked</source>
        <translation>Auf Ihren Wunsch angehalten</translation>
    </message>
</context>
<context>
    <name>AuditCard</name>
    <message>
        <source>Reads every installed file again and compares it with what was signed.</source>
        <translation>Liest jede installierte Datei noch einmal und vergleicht sie mit dem, was signiert wurde.</translation>
    </message>
    <message>
        <source>Audit everything</source>
        <translation>Alles prüfen</translation>
    </message>
</context>
<context>
    <name>BundleStack</name>
    <message>
        <source>Looking at what is installed and what the catalogs offer.</source>
        <translation>Es wird nachgesehen, was installiert ist und was die Kataloge anbieten.</translation>
    </message>
    <message>
        <source>No bundle matches</source>
        <translation>Kein Bundle passt</translation>
    </message>
    <message>
        <source>There are bundles, but the filter above hides them all.</source>
        <translation>Es gibt Bundles, aber der Filter oben blendet alle aus.</translation>
    </message>
    <message>
        <source>Show all bundles</source>
        <translation>Alle Bundles zeigen</translation>
    </message>
    <message>
        <source>No bundles yet</source>
        <translation>Noch keine Bundles</translation>
    </message>
    <message>
        <source>No catalog offers anything for this launcher.</source>
        <translation>Kein Katalog bietet etwas für diesen Launcher an.</translation>
    </message>
    <message>
        <source>Ask the sources again</source>
        <translation>Quellen erneut abfragen</translation>
    </message>
    <message>
        <source>The list cannot be read</source>
        <translation>Die Liste kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>BundleView</name>
    <message>
        <source>Bundles</source>
        <translation>Bundles</translation>
    </message>
    <message>
        <source>Enter does what the button of the row does</source>
        <translation>Die Eingabetaste tut, was die Schaltfläche der Zeile tut</translation>
    </message>
    <message>
        <source>Enter shows the details</source>
        <translation>Die Eingabetaste zeigt die Einzelheiten</translation>
    </message>
</context>
<context>
    <name>ChangesSection</name>
    <message>
        <source>What changed</source>
        <translation>Was ist neu?</translation>
    </message>
    <message>
        <source>Release notes of {version}</source>
        <translation>Versionshinweise zu {version}</translation>
    </message>
    <message>
        <source>The operators wrote nothing about this bundle.</source>
        <translation>Die Betreiber haben zu diesem Bundle nichts geschrieben.</translation>
    </message>
    <message>
        <source>Unsigned: nobody proves who wrote this.</source>
        <translation>Nicht signiert: Niemand belegt, wer das geschrieben hat.</translation>
    </message>
</context>
<context>
    <name>ComparisonDialog</name>
    <message>
        <source>What changed</source>
        <translation>Was ist neu?</translation>
    </message>
    <message>
        <source>Files that differ</source>
        <translation>Dateien, die sich unterscheiden</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>From {before} to {after}</source>
        <translation>Von {before} zu {after}</translation>
    </message>
    <message numerus="yes">
        <source>%n added</source>
        <translation>
            <numerusform>%n hinzugekommen</numerusform>
            <numerusform>%n hinzugekommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n removed</source>
        <translation>
            <numerusform>%n entfallen</numerusform>
            <numerusform>%n entfallen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n geändert</numerusform>
            <numerusform>%n geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n the same</source>
        <translation>
            <numerusform>%n gleich</numerusform>
            <numerusform>%n gleich</numerusform>
        </translation>
    </message>
    <message>
        <source>Told from the lists of files that were signed.</source>
        <translation>Nach den signierten Dateilisten.</translation>
    </message>
    <message>
        <source>Told from lists of files of which at least one was recorded on this machine.</source>
        <translation>Nach Dateilisten, von denen mindestens eine auf diesem Rechner aufgezeichnet wurde.</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>Details of the selected bundle</source>
        <translation>Einzelheiten zum gewählten Bundle</translation>
    </message>
</context>
<context>
    <name>DiskCard</name>
    <message>
        <source>What could go?</source>
        <translation>Was kann weg?</translation>
    </message>
    <message>
        <source>Remove these</source>
        <translation>Das entfernen</translation>
    </message>
    <message numerus="yes">
        <source>{size} in %n bundle(s); large files that revisions share are on the disk once.</source>
        <translation>
            <numerusform>{size} in %n Bundle; große Dateien, die sich Revisionen teilen, liegen nur einmal auf dem Datenträger.</numerusform>
            <numerusform>{size} in %n Bundles; große Dateien, die sich Revisionen teilen, liegen nur einmal auf dem Datenträger.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is installed.</source>
        <translation>Es ist nichts installiert.</translation>
    </message>
    <message>
        <source>Nothing can go</source>
        <translation>Nichts kann weg</translation>
    </message>
    <message>
        <source>Everything that is here is active, needed to go back, or among the newest.</source>
        <translation>Alles, was hier liegt, ist aktiv, wird zum Zurückkehren gebraucht oder gehört zum Neuesten.</translation>
    </message>
    <message>
        <source>{size} can go</source>
        <translation>{size} können weg</translation>
    </message>
    <message>
        <source>{size} are free again</source>
        <translation>{size} sind wieder frei</translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) that nobody needs any more, {size}</source>
        <translation>
            <numerusform>%n Download, den niemand mehr braucht, {size}</numerusform>
            <numerusform>%n Downloads, die niemand mehr braucht, {size}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DoctorCard</name>
    <message>
        <source>Looks at settings, network, signers, catalogs, store, disk and graphics; says what helps.</source>
        <translation>Sieht sich Einstellungen, Netz, Signierer, Kataloge, Ablage, Datenträger und Grafik an; sagt, was hilft.</translation>
    </message>
    <message>
        <source>Check this machine</source>
        <translation>Diesen Rechner prüfen</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export bundles</source>
        <translation>Bundles exportieren</translation>
    </message>
    <message>
        <source>One file with all that proves the bundles, for machines without a network.</source>
        <translation>Eine Datei mit allem, was die Bundles belegt, für Rechner ohne Netz.</translation>
    </message>
    <message>
        <source>Bundles and revisions</source>
        <translation>Bundles und Revisionen</translation>
    </message>
    <message>
        <source>Bundle</source>
        <translation>Bundle</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Installiert</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Nothing to export</source>
        <translation>Nichts zu exportieren</translation>
    </message>
    <message>
        <source>Install a bundle first.</source>
        <translation>Installieren Sie zuerst ein Bundle.</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>{version}, active</source>
        <translation>{version}, aktiv</translation>
    </message>
    <message>
        <source>{version}, damaged</source>
        <translation>{version}, beschädigt</translation>
    </message>
    <message>
        <source>{version}, edited by hand</source>
        <translation>{version}, von Hand geändert</translation>
    </message>
    <message numerus="yes">
        <source>%n revision(s), at most {size}</source>
        <translation>
            <numerusform>%n Revision, höchstens {size}</numerusform>
            <numerusform>%n Revisionen, höchstens {size}</numerusform>
        </translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
</context>
<context>
    <name>FilesSection</name>
    <message>
        <source>Files and disk</source>
        <translation>Dateien und Platz</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Download: {size}</source>
        <translation>Download: {size}</translation>
    </message>
    <message>
        <source>Active revision: {active}.</source>
        <translation>Aktive Revision: {active}.</translation>
    </message>
    <message numerus="yes">
        <source>All %n revision(s): {total}; large files that they share are on the disk once.</source>
        <translation>
            <numerusform>%n Revision: {total}; große Dateien, die sich Revisionen teilen, liegen nur einmal auf dem Datenträger.</numerusform>
            <numerusform>Alle %n Revisionen: {total}; große Dateien, die sie sich teilen, liegen nur einmal auf dem Datenträger.</numerusform>
        </translation>
    </message>
    <message>
        <source>The list of files was signed by the publisher.</source>
        <translation>Die Dateiliste wurde vom Herausgeber signiert.</translation>
    </message>
    <message>
        <source>The list of files was recorded when the signed archive was unpacked.</source>
        <translation>Die Dateiliste wurde beim Entpacken des signierten Archivs aufgezeichnet.</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Search (Ctrl+F)</source>
        <translation>Suchen (Strg+F)</translation>
    </message>
    <message>
        <source>Search bundles</source>
        <translation>Bundles durchsuchen</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Kanal</translation>
    </message>
    <message>
        <source>Accelerator</source>
        <translation>Beschleuniger</translation>
    </message>
    <message>
        <source>Fits this machine</source>
        <translation>Passt zu diesem Rechner</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Installiert</translation>
    </message>
    <message>
        <source>Order of the bundles</source>
        <translation>Reihenfolge der Bundles</translation>
    </message>
    <message>
        <source>Best first</source>
        <translation>Beste zuerst</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Namen</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>Größte zuerst</translation>
    </message>
    <message>
        <source>Last installed first</source>
        <translation>Zuletzt installierte zuerst</translation>
    </message>
    <message numerus="yes">
        <source>Filter (%n)</source>
        <translation>
            <numerusform>Filter (%n)</numerusform>
            <numerusform>Filter (%n)</numerusform>
        </translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
</context>
<context>
    <name>FitSection</name>
    <message>
        <source>On this machine</source>
        <translation>Auf diesem Rechner</translation>
    </message>
</context>
<context>
    <name>JobPanel</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Open log</source>
        <translation>Protokoll öffnen</translation>
    </message>
    <message>
        <source>Show signer</source>
        <translation>Signierer zeigen</translation>
    </message>
</context>
<context>
    <name>LogSection</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Open log</source>
        <translation>Protokoll öffnen</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>ARW Launcher: sample registry</source>
        <translation>ARW Launcher: Beispielregister</translation>
    </message>
    <message>
        <source>ARW Launcher</source>
        <translation>ARW Launcher</translation>
    </message>
    <message>
        <source>Runtimes</source>
        <translation>Runtimes</translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose a model file</source>
        <translation>Modelldatei wählen</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner…</translation>
    </message>
    <message>
        <source>Choose a folder of models</source>
        <translation>Ordner mit Modellen wählen</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Modell wählen</translation>
    </message>
    <message>
        <source>Models ({endings})</source>
        <translation>Modelle ({endings})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>MoveDialog</name>
    <message>
        <source>Move the store</source>
        <translation>Ablage verschieben</translation>
    </message>
    <message>
        <source>Move everything that is installed to</source>
        <translation>Alles Installierte verschieben nach</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The old one at {path} could not be deleted; the doctor on the Health screen names it.</source>
        <translation>Die alte unter {path} konnte nicht gelöscht werden; die Diagnose auf der Seite Zustand nennt sie.</translation>
    </message>
    <message>
        <source>The store has moved, and is used there now</source>
        <translation>Die Ablage ist umgezogen und wird jetzt dort verwendet</translation>
    </message>
</context>
<context>
    <name>NoticeArea</name>
    <message>
        <source>A test registry on this machine, with its own key and folders. Your own runtimes are not touched.</source>
        <translation>Ein Testregister auf diesem Rechner mit eigenem Schlüssel und eigenen Ordnern. Ihre Runtimes bleiben unberührt.</translation>
    </message>
    <message>
        <source>Sample registry</source>
        <translation>Beispielregister</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Nothing is trusted</source>
        <translation>Nichts ist vertrauenswürdig</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message numerus="yes">
        <source>%n catalog(s) were refused. {message}</source>
        <translation>
            <numerusform>%n Katalog wurde abgelehnt. {message}</numerusform>
            <numerusform>%n Kataloge wurden abgelehnt. {message}</numerusform>
        </translation>
    </message>
    <message>
        <source>Catalog refused</source>
        <translation>Katalog abgelehnt</translation>
    </message>
    <message>
        <source>The sources cannot be reached. What is shown was verified {age}; all that is installed works.</source>
        <translation>Die Quellen sind nicht erreichbar. Was Sie sehen, wurde {age} geprüft; alles Installierte funktioniert.</translation>
    </message>
    <message>
        <source>The sources cannot be reached. All that is installed works.</source>
        <translation>Die Quellen sind nicht erreichbar. Alles Installierte funktioniert.</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n weiterer</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>{title} (unsigned)</source>
        <translation>{title} (nicht signiert)</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>Was ist neu?</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>NoticesScreen</name>
    <message>
        <source>Which notices</source>
        <translation>Welche Hinweise</translation>
    </message>
    <message>
        <source>Now and past</source>
        <translation>Jetzige und frühere</translation>
    </message>
    <message>
        <source>Only now</source>
        <translation>Nur jetzige</translation>
    </message>
    <message>
        <source>Only past</source>
        <translation>Nur frühere</translation>
    </message>
    <message>
        <source>Kind of notice</source>
        <translation>Art des Hinweises</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>Alle Arten</translation>
    </message>
    <message>
        <source>No notices</source>
        <translation>Keine Hinweise</translation>
    </message>
    <message>
        <source>Past</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>until {date}</source>
        <translation>bis {date}</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Jetzt prüfen</translation>
    </message>
    <message>
        <source>No notice of this kind</source>
        <translation>Kein solcher Hinweis</translation>
    </message>
    <message>
        <source>There are notices, but the choices above hide them all.</source>
        <translation>Es gibt Hinweise, aber die Auswahl oben blendet alle aus.</translation>
    </message>
    <message>
        <source>Show all notices</source>
        <translation>Alle Hinweise zeigen</translation>
    </message>
    <message>
        <source>Your sources were asked {age}.</source>
        <translation>Ihre Quellen wurden {age} befragt.</translation>
    </message>
    <message>
        <source>Warnings, necessary steps and news about the bundles of this machine appear here.</source>
        <translation>Hier erscheinen Warnungen, nötige Schritte und Neues zu den Bundles dieses Rechners.</translation>
    </message>
    <message>
        <source>Your sources are being asked.</source>
        <translation>Ihre Quellen werden gerade befragt.</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>Was ist neu?</translation>
    </message>
    <message>
        <source>Its time has passed.</source>
        <translation>Seine Zeit ist vorbei.</translation>
    </message>
    <message>
        <source>What it asks for is done.</source>
        <translation>Was er verlangt, ist getan.</translation>
    </message>
    <message>
        <source>You dismissed it.</source>
        <translation>Sie haben ihn ausgeblendet.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wieder einblenden</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Screens</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
</context>
<context>
    <name>RecordRow</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Do it again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Open log</source>
        <translation>Protokoll öffnen</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>RevisionsSection</name>
    <message>
        <source>Revisions on this machine</source>
        <translation>Revisionen auf diesem Rechner</translation>
    </message>
    <message>
        <source>Held: updates do not bring it back by themselves, because you rolled back from it.</source>
        <translation>Zurückgehalten: Updates bringen sie nicht von selbst wieder, weil Sie von ihr zurückgekehrt sind.</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Reparieren</translation>
    </message>
    <message>
        <source>Repair {version}</source>
        <translation>{version} reparieren</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare {version} with {other}</source>
        <translation>{version} mit {other} vergleichen</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Open the folder of {version}</source>
        <translation>Ordner von {version} öffnen</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Loslösen</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Keep {version} no longer</source>
        <translation>{version} nicht länger behalten</translation>
    </message>
    <message>
        <source>Keep {version} for good</source>
        <translation>{version} dauerhaft behalten</translation>
    </message>
    <message>
        <source>active</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>held</source>
        <translation>zurückgehalten</translation>
    </message>
    <message>
        <source>kept for good</source>
        <translation>dauerhaft behalten</translation>
    </message>
    <message>
        <source>edited by hand</source>
        <translation>von Hand geändert</translation>
    </message>
</context>
<context>
    <name>RoomOffer</name>
    <message>
        <source>Remove old revisions and downloads ({size}) and try again</source>
        <translation>Alte Revisionen und Downloads ({size}) entfernen und erneut versuchen</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n old revision(s) ({size}) and try again</source>
        <translation>
            <numerusform>%n alte Revision ({size}) entfernen und erneut versuchen</numerusform>
            <numerusform>%n alte Revisionen ({size}) entfernen und erneut versuchen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n old download(s) ({size}) and try again</source>
        <translation>
            <numerusform>%n alten Download ({size}) entfernen und erneut versuchen</numerusform>
            <numerusform>%n alte Downloads ({size}) entfernen und erneut versuchen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunLog</name>
    <message>
        <source>Log of the runtime</source>
        <translation>Protokoll der Runtime</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>Protokoll durchsuchen</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
</context>
<context>
    <name>RunPlanCard</name>
    <message>
        <source>How it is started</source>
        <translation>Wie sie gestartet wird</translation>
    </message>
    <message>
        <source>Further arguments</source>
        <translation>Weitere Argumente</translation>
    </message>
    <message>
        <source>for example --ctx-size 4096</source>
        <translation>zum Beispiel --ctx-size 4096</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>for example GGML_VK_VISIBLE_DEVICES=0</source>
        <translation>zum Beispiel GGML_VK_VISIBLE_DEVICES=0</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>Argumente</translation>
    </message>
    <message>
        <source>Take the consent back</source>
        <translation>Zustimmung zurücknehmen</translation>
    </message>
    <message>
        <source>A quotation mark is not closed.</source>
        <translation>Ein Anführungszeichen ist nicht geschlossen.</translation>
    </message>
    <message>
        <source>A variable is given as NAME=VALUE.</source>
        <translation>Eine Variable wird als NAME=WERT angegeben.</translation>
    </message>
    <message>
        <source>You agreed to: {note}</source>
        <translation>Sie haben zugestimmt: {note}</translation>
    </message>
    <message>
        <source>It will ask before its first start: {note}</source>
        <translation>Vor dem ersten Start wird gefragt: {note}</translation>
    </message>
</context>
<context>
    <name>RunScreen</name>
    <message>
        <source>Runtime</source>
        <translation>Runtime</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>a free one</source>
        <translation>ein freier</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Go to Runtimes</source>
        <translation>Zu den Runtimes</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Open its web page</source>
        <translation>Webseite öffnen</translation>
    </message>
    <message>
        <source>I agree, start it</source>
        <translation>Einverstanden, starten</translation>
    </message>
    <message>
        <source>What to start</source>
        <translation>Was gestartet wird</translation>
    </message>
    <message>
        <source>A model file can also be dropped here.</source>
        <translation>Eine Modelldatei kann auch hierher gezogen werden.</translation>
    </message>
    <message>
        <source>What runs</source>
        <translation>Was läuft</translation>
    </message>
    <message>
        <source>Nothing yet.</source>
        <translation>Noch nichts.</translation>
    </message>
    <message>
        <source>Install one on the Runtimes screen first</source>
        <translation>Installieren Sie zuerst eine auf der Seite Runtimes</translation>
    </message>
    <message>
        <source>Starting on port {port}</source>
        <translation>Startet auf Port {port}</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Hält an…</translation>
    </message>
    <message>
        <source>It runs; its manifest does not say how to see whether it is well.</source>
        <translation>Sie läuft; ihr Manifest sagt nicht, woran man ihren Zustand erkennt.</translation>
    </message>
    <message>
        <source>Answers at {url}</source>
        <translation>Antwortet unter {url}</translation>
    </message>
    <message>
        <source>It does not run.</source>
        <translation>Sie läuft nicht.</translation>
    </message>
    <message>
        <source>It waits for you.</source>
        <translation>Sie wartet auf Sie.</translation>
    </message>
    <message>
        <source>It asks for your consent</source>
        <translation>Ihre Zustimmung ist nötig</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
</context>
<context>
    <name>RunningRow</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Do next</source>
        <translation>Als Nächstes</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>{title} is the next</source>
        <translation>{title} ist als Nächstes dran</translation>
    </message>
</context>
<context>
    <name>RuntimesScreen</name>
    <message>
        <source>Preparing the sample registry</source>
        <translation>Das Beispielregister wird vorbereitet</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Wird gelesen</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Runtimes</source>
        <translation>Runtimes</translation>
    </message>
    <message>
        <source>All bundles</source>
        <translation>Alle Bundles</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Zurück zur Liste</translation>
    </message>
    <message>
        <source>News</source>
        <translation>Neuigkeiten</translation>
    </message>
    <message>
        <source>Log of the job</source>
        <translation>Protokoll des Auftrags</translation>
    </message>
    <message>
        <source>Checked {age}</source>
        <translation>Geprüft {age}</translation>
    </message>
    <message numerus="yes">
        <source>%n revision(s) go, {size}. It can be installed again while its source offers it.</source>
        <translation>
            <numerusform>%n Revision mit {size} wird gelöscht. Das Bundle lässt sich wieder installieren, solange seine Quelle es anbietet.</numerusform>
            <numerusform>%n Revisionen mit {size} werden gelöscht. Das Bundle lässt sich wieder installieren, solange seine Quelle es anbietet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove {name}?</source>
        <translation>{name} entfernen?</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Signer</source>
        <translation>Signierer</translation>
    </message>
    <message>
        <source>{now} is active again.</source>
        <translation>{now} ist wieder aktiv.</translation>
    </message>
    <message>
        <source>Updates will not bring {before} back by themselves.</source>
        <translation>Updates bringen {before} nicht von selbst wieder.</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Reset to {value}</source>
        <translation>Zurück auf {value}</translation>
    </message>
    <message>
        <source>Reset {name}</source>
        <translation>{name} zurücksetzen</translation>
    </message>
</context>
<context>
    <name>SignatureSection</name>
    <message>
        <source>Signature</source>
        <translation>Signatur</translation>
    </message>
</context>
<context>
    <name>SignersCard</name>
    <message>
        <source>Nobody is trusted.</source>
        <translation>Niemandem wird vertraut.</translation>
    </message>
</context>
<context>
    <name>SourceEditor</name>
    <message>
        <source>None besides the shipped catalogs.</source>
        <translation>Keine außer den mitgelieferten Katalogen.</translation>
    </message>
    <message>
        <source>https://…/bundles.json, https://…/folder/, or a file or folder</source>
        <translation>https://…/bundles.json, https://…/ordner/, eine Datei oder ein Ordner</translation>
    </message>
    <message>
        <source>New source</source>
        <translation>Neue Quelle</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose an exported file or a catalog</source>
        <translation>Exportierte Datei oder Katalog wählen</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Choose a source</source>
        <translation>Quelle wählen</translation>
    </message>
    <message>
        <source>Exported bundles and catalogs (*.arwcache *.json)</source>
        <translation>Exportierte Bundles und Kataloge (*.arwcache *.json)</translation>
    </message>
</context>
<context>
    <name>StoreEditor</name>
    <message>
        <source>In the cache folder</source>
        <translation>Im Cache-Ordner</translation>
    </message>
    <message>
        <source>Move…</source>
        <translation>Verschieben…</translation>
    </message>
    <message>
        <source>Move the store to another folder</source>
        <translation>Ablage in einen anderen Ordner verschieben</translation>
    </message>
</context>
<context>
    <name>TextDialog</name>
    <message>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>TransferDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Written: {path}</source>
        <translation>Geschrieben: {path}</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>Importiert</translation>
    </message>
    <message>
        <source>It is verified and on this machine; Install makes it active, without a network.</source>
        <translation>Es ist geprüft und liegt auf diesem Rechner; „Installieren“ macht es aktiv, auch ohne Netz.</translation>
    </message>
    <message>
        <source>Nothing was imported</source>
        <translation>Nichts wurde importiert</translation>
    </message>
    <message>
        <source>There was nothing to do</source>
        <translation>Es gab nichts zu tun</translation>
    </message>
</context>
<context>
    <name>_CommandSection</name>
    <message>
        <source>The same in a terminal</source>
        <translation>Dasselbe im Terminal</translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation>Als Befehl kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>_Comparison</name>
    <message>
        <source>Expected</source>
        <translation>Erwartet</translation>
    </message>
    <message>
        <source>Actual</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>In English</source>
        <translation>Auf Englisch</translation>
    </message>
    <message>
        <source>Error code</source>
        <translation>Fehlercode</translation>
    </message>
</context>
<context>
    <name>_SourceLine</name>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Test {source}</source>
        <translation>{source} testen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove {source}</source>
        <translation>{source} entfernen</translation>
    </message>
</context>
<context>
    <name>activity</name>
    <message>
        <source>Interrupted: the app ended before it did. Starting again goes on from there.</source>
        <translation>Unterbrochen: Das Programm endete vorher. Ein neuer Start macht dort weiter.</translation>
    </message>
    <message>
        <source>{message} ({age})</source>
        <translation>{message} ({age})</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>There was nothing to do</source>
        <translation>Es gab nichts zu tun</translation>
    </message>
    <message>
        <source>You stopped it</source>
        <translation>Von Ihnen angehalten</translation>
    </message>
    <message>
        <source>{word} {age}, after {time}</source>
        <translation>{word}, {age}, nach {time}</translation>
    </message>
    <message>
        <source>{word} {age}</source>
        <translation>{word}, {age}</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>What goes on, what waits for its turn, and what was done before.</source>
        <translation>Was gerade läuft, was noch wartet und was vorher getan wurde.</translation>
    </message>
</context>
<context>
    <name>banner</name>
    <message>
        <source>Notice</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Action needed</source>
        <translation>Handeln nötig</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Open a web page?</source>
        <translation>Webseite öffnen?</translation>
    </message>
</context>
<context>
    <name>bug</name>
    <message>
        <source>ARW Launcher has a bug</source>
        <translation>ARW Launcher hat einen Fehler</translation>
    </message>
    <message>
        <source>The window goes on; what is installed was not touched. Where it happened is in the log:</source>
        <translation>Das Fenster läuft weiter; was installiert ist, blieb unberührt. Wo es geschah, steht im Protokoll:</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>nowhere: the log could not be written</source>
        <translation>nirgends: Das Protokoll konnte nicht geschrieben werden</translation>
    </message>
</context>
<context>
    <name>bundle_list</name>
    <message>
        <source>recommended</source>
        <translation>empfohlen</translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{shown} von {total}</translation>
    </message>
</context>
<context>
    <name>chips</name>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>Empfohlen</translation>
    </message>
</context>
<context>
    <name>comparison</name>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>Base of all named failures.</source>
        <translation>Etwas ist gescheitert.</translation>
    </message>
    <message>
        <source>The command or setting makes no sense as given.</source>
        <translation>Der Befehl oder die Einstellung ergibt so keinen Sinn.</translation>
    </message>
    <message>
        <source>Something was asked for, and it is already so.</source>
        <translation>Was verlangt wurde, ist schon so.</translation>
    </message>
    <message>
        <source>The person stopped it; what was active still is.</source>
        <translation>Es wurde angehalten; was aktiv war, ist es noch.</translation>
    </message>
    <message>
        <source>The bytes are not the document that they claim to be.</source>
        <translation>Die Daten sind nicht das Dokument, das sie zu sein vorgeben.</translation>
    </message>
    <message>
        <source>The file is damaged or was not written by a publishing tool; fetch it again.</source>
        <translation>Die Datei ist beschädigt oder stammt nicht von einem Werkzeug zum Veröffentlichen; holen Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>The bytes are not UTF-8, or begin with a byte order mark.</source>
        <translation>Die Daten sind kein UTF-8 oder beginnen mit einer Bytereihenfolge-Marke.</translation>
    </message>
    <message>
        <source>The text is not one JSON value and nothing else.</source>
        <translation>Der Text ist nicht genau ein JSON-Wert.</translation>
    </message>
    <message>
        <source>An object names a key twice, so that two readers could see two documents.</source>
        <translation>Ein Objekt nennt einen Schlüssel zweimal, sodass zwei Leser zwei Dokumente sehen könnten.</translation>
    </message>
    <message>
        <source>A number is not an integer within ±(2^53-1), so that two readers could see two values.</source>
        <translation>Eine Zahl ist keine ganze Zahl innerhalb von ±(2^53-1), sodass zwei Leser zwei Werte sehen könnten.</translation>
    </message>
    <message>
        <source>Objects and arrays are nested deeper than any honest document.</source>
        <translation>Objekte und Listen sind tiefer verschachtelt als in jedem ehrlichen Dokument.</translation>
    </message>
    <message>
        <source>The document is larger than any honest one.</source>
        <translation>Das Dokument ist größer als jedes ehrliche.</translation>
    </message>
    <message>
        <source>A text holds half of a surrogate pair, which has no UTF-8 form.</source>
        <translation>Ein Text enthält ein halbes Surrogatpaar, das sich nicht als UTF-8 schreiben lässt.</translation>
    </message>
    <message>
        <source>A field is missing, of another type, or outside of its range.</source>
        <translation>Ein Feld fehlt, hat einen anderen Typ oder liegt außerhalb seines Bereichs.</translation>
    </message>
    <message>
        <source>A setting has a value that is not allowed.</source>
        <translation>Eine Einstellung hat einen Wert, der nicht erlaubt ist.</translation>
    </message>
    <message>
        <source>`arw-cli settings list` shows what is allowed; `arw-cli settings reset NAME` takes the default.</source>
        <translation>`arw-cli settings list` zeigt, was erlaubt ist; `arw-cli settings reset NAME` nimmt die Vorgabe.</translation>
    </message>
    <message>
        <source>The document is of a type or major version that this program does not read.</source>
        <translation>Das Dokument hat einen Typ oder eine Hauptversion, die dieses Programm nicht liest.</translation>
    </message>
    <message>
        <source>Update ARW Launcher.</source>
        <translation>Aktualisieren Sie ARW Launcher.</translation>
    </message>
    <message>
        <source>A file name could leave its folder, or means different files on different systems.</source>
        <translation>Ein Dateiname könnte aus seinem Ordner hinausführen oder bedeutet auf verschiedenen Systemen verschiedene Dateien.</translation>
    </message>
    <message>
        <source>The publisher must repack the bundle; no part of it was unpacked.</source>
        <translation>Der Herausgeber muss das Bundle neu packen; nichts davon wurde entpackt.</translation>
    </message>
    <message>
        <source>What was received is not what a trusted signer signed for this purpose.</source>
        <translation>Was ankam, ist nicht das, was ein vertrauenswürdiger Signierer für diesen Zweck signiert hat.</translation>
    </message>
    <message>
        <source>The signer registry is broken; until it is mended nothing is trusted.</source>
        <translation>Das Signiererregister ist beschädigt; bis es repariert ist, ist nichts vertrauenswürdig.</translation>
    </message>
    <message>
        <source>Restore the registry from a source you trust; while it is broken nothing can be activated.</source>
        <translation>Stellen Sie das Register aus einer Quelle wieder her, der Sie vertrauen; solange es beschädigt ist, kann nichts aktiviert werden.</translation>
    </message>
    <message>
        <source>There is no signer registry, and without one nothing is trusted.</source>
        <translation>Es gibt kein Signiererregister, und ohne eines ist nichts vertrauenswürdig.</translation>
    </message>
    <message>
        <source>Put the operator&apos;s `bundle_signers.json` into the config folder.</source>
        <translation>Legen Sie die `bundle_signers.json` des Betreibers in den Konfigurationsordner.</translation>
    </message>
    <message>
        <source>The signatures of a document do not reach what its channel demands.</source>
        <translation>Die Signaturen eines Dokuments erreichen nicht, was sein Kanal verlangt.</translation>
    </message>
    <message>
        <source>The document carries no signature at all.</source>
        <translation>Das Dokument trägt überhaupt keine Signatur.</translation>
    </message>
    <message>
        <source>Ask the publisher for a signed one, or sign it: `arw-cli runtime bundles manifest sign`.</source>
        <translation>Bitten Sie den Herausgeber um ein signiertes, oder signieren Sie es: `arw-cli runtime bundles manifest sign`.</translation>
    </message>
    <message>
        <source>A signature does not belong to these bytes, or is malformed.</source>
        <translation>Eine Signatur gehört nicht zu diesen Daten oder ist fehlerhaft.</translation>
    </message>
    <message>
        <source>The document was changed after it was signed, or damaged on its way; do not use it.</source>
        <translation>Das Dokument wurde nach dem Signieren geändert oder unterwegs beschädigt; verwenden Sie es nicht.</translation>
    </message>
    <message>
        <source>The signature carries a trusted signer&apos;s key id with another key.</source>
        <translation>Die Signatur trägt die Schlüsselkennung eines vertrauenswürdigen Signierers mit einem anderen Schlüssel.</translation>
    </message>
    <message>
        <source>Somebody copied a trusted key id; do not use this document, and tell the operator.</source>
        <translation>Jemand hat eine vertrauenswürdige Schlüsselkennung kopiert; verwenden Sie dieses Dokument nicht und sagen Sie es dem Betreiber.</translation>
    </message>
    <message>
        <source>The signature is good, but nobody on this machine knows its key.</source>
        <translation>Die Signatur ist gut, aber dieser Rechner kennt ihren Schlüssel nicht.</translation>
    </message>
    <message>
        <source>If you know whose key it is, the operator can add it to the signer registry.</source>
        <translation>Wenn Sie wissen, wem der Schlüssel gehört, kann der Betreiber ihn in das Signiererregister aufnehmen.</translation>
    </message>
    <message>
        <source>The signer&apos;s key was trusted until a time that has passed.</source>
        <translation>Dem Schlüssel des Signierers wurde nur bis zu einem Zeitpunkt vertraut, der vorbei ist.</translation>
    </message>
    <message>
        <source>Ask the publisher for a manifest signed with the current key.</source>
        <translation>Bitten Sie den Herausgeber um ein Manifest, das mit dem aktuellen Schlüssel signiert ist.</translation>
    </message>
    <message>
        <source>The signer&apos;s key is trusted only from a later time on.</source>
        <translation>Dem Schlüssel des Signierers wird erst ab einem späteren Zeitpunkt vertraut.</translation>
    </message>
    <message>
        <source>Check this machine&apos;s clock.</source>
        <translation>Prüfen Sie die Uhr dieses Rechners.</translation>
    </message>
    <message>
        <source>The signer&apos;s key was revoked.</source>
        <translation>Der Schlüssel des Signierers wurde widerrufen.</translation>
    </message>
    <message>
        <source>Do not use what this key signed; ask the publisher for a manifest signed with another key.</source>
        <translation>Verwenden Sie nichts, was dieser Schlüssel signiert hat; bitten Sie den Herausgeber um ein Manifest mit einem anderen Schlüssel.</translation>
    </message>
    <message>
        <source>The signer is trusted, but not for this channel.</source>
        <translation>Der Signierer ist vertrauenswürdig, aber nicht für diesen Kanal.</translation>
    </message>
    <message>
        <source>Fewer trusted keys signed than the channel demands.</source>
        <translation>Weniger vertrauenswürdige Schlüssel haben signiert, als der Kanal verlangt.</translation>
    </message>
    <message>
        <source>What was signed is not what was asked for.</source>
        <translation>Was signiert wurde, ist nicht, was verlangt wurde.</translation>
    </message>
    <message>
        <source>The channel offers an older revision than this machine has seen (a rollback attack).</source>
        <translation>Der Kanal bietet eine ältere Revision an, als dieser Rechner schon gesehen hat (ein Rollback-Angriff).</translation>
    </message>
    <message>
        <source>The source is stale or lies. To go back to an installed revision, roll back instead.</source>
        <translation>Die Quelle ist veraltet oder lügt. Zu einer installierten Revision kommen Sie mit „Zurückkehren“.</translation>
    </message>
    <message>
        <source>One channel revision was published with two contents.</source>
        <translation>Eine Kanalrevision wurde mit zwei Inhalten veröffentlicht.</translation>
    </message>
    <message>
        <source>Two documents claim the same channel revision; tell the operator before you install either.</source>
        <translation>Zwei Dokumente beanspruchen dieselbe Kanalrevision; sagen Sie es dem Betreiber, bevor Sie eines davon installieren.</translation>
    </message>
    <message>
        <source>The catalog is past its expiry; nothing new is activated from it.</source>
        <translation>Der Katalog ist abgelaufen; nichts Neues wird aus ihm aktiviert.</translation>
    </message>
    <message>
        <source>Refresh the catalog; what is active keeps running.</source>
        <translation>Aktualisieren Sie den Katalog; was aktiv ist, läuft weiter.</translation>
    </message>
    <message>
        <source>The document claims to be from the future.</source>
        <translation>Das Dokument gibt an, aus der Zukunft zu sein.</translation>
    </message>
    <message>
        <source>A signing key cannot be used, or can be read by others.</source>
        <translation>Ein Signierschlüssel ist unbrauchbar oder für andere lesbar.</translation>
    </message>
    <message>
        <source>`arw-cli runtime bundles keys new` makes a signing key.</source>
        <translation>`arw-cli runtime bundles keys new` erzeugt einen Signierschlüssel.</translation>
    </message>
    <message>
        <source>An audit found installations that are not what a trusted signer signed.</source>
        <translation>Eine Prüfung fand Installationen, die nicht das sind, was ein vertrauenswürdiger Signierer signiert hat.</translation>
    </message>
    <message>
        <source>Install what failed again, or roll back to a revision that is whole.</source>
        <translation>Installieren Sie das Beanstandete neu, oder kehren Sie zu einer heilen Revision zurück.</translation>
    </message>
    <message>
        <source>The bytes are not the ones that were signed.</source>
        <translation>Die Daten sind nicht die, die signiert wurden.</translation>
    </message>
    <message>
        <source>The sha256 is not the signed one.</source>
        <translation>Die Prüfsumme (sha256) ist nicht die signierte.</translation>
    </message>
    <message>
        <source>The file was changed or damaged on its way; nothing of it was used. Try again, or another source.</source>
        <translation>Die Datei wurde unterwegs verändert oder beschädigt; nichts davon wurde verwendet. Versuchen Sie es erneut oder mit einer anderen Quelle.</translation>
    </message>
    <message>
        <source>The size is not the signed one.</source>
        <translation>Die Größe ist nicht die signierte.</translation>
    </message>
    <message>
        <source>The file was cut or replaced on its way; nothing of it was used. Try again, or another source.</source>
        <translation>Die Datei wurde unterwegs abgeschnitten oder ersetzt; nichts davon wurde verwendet. Versuchen Sie es erneut oder mit einer anderen Quelle.</translation>
    </message>
    <message>
        <source>The manifest names an artifact without its sha256 or size, so it cannot be proven.</source>
        <translation>Das Manifest nennt ein Artefakt ohne sha256 oder Größe; es lässt sich nicht belegen.</translation>
    </message>
    <message>
        <source>The publisher must add `sha256` and `size_bytes` to the artifact and sign again.</source>
        <translation>Der Herausgeber muss dem Artefakt `sha256` und `size_bytes` hinzufügen und neu signieren.</translation>
    </message>
    <message>
        <source>A transfer did not happen.</source>
        <translation>Eine Übertragung kam nicht zustande.</translation>
    </message>
    <message>
        <source>Check the network and try again; what was already fetched is kept.</source>
        <translation>Prüfen Sie das Netz und versuchen Sie es erneut; was schon geholt wurde, bleibt.</translation>
    </message>
    <message>
        <source>The server could not be reached.</source>
        <translation>Der Server ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>The server could not prove by a certificate that it is the one that was asked.</source>
        <translation>Der Server konnte nicht mit einem Zertifikat belegen, dass er der gefragte ist.</translation>
    </message>
    <message>
        <source>Check this machine&apos;s clock; behind a company&apos;s proxy, SSL_CERT_FILE names its certificates.</source>
        <translation>Prüfen Sie die Uhr dieses Rechners; hinter dem Proxy einer Firma nennt SSL_CERT_FILE deren Zertifikate.</translation>
    </message>
    <message>
        <source>The server answered with an error status.</source>
        <translation>Der Server antwortete mit einem Fehler.</translation>
    </message>
    <message>
        <source>The server&apos;s answer breaks the rules of HTTP, or answers another question.</source>
        <translation>Die Antwort des Servers verletzt die Regeln von HTTP oder beantwortet eine andere Frage.</translation>
    </message>
    <message>
        <source>The connection ended before all bytes had come.</source>
        <translation>Die Verbindung endete, bevor alles da war.</translation>
    </message>
    <message>
        <source>Another process, which was done with it, deleted a finished transfer before this one could use it.</source>
        <translation>Ein anderer Prozess hat eine fertige Übertragung gelöscht, bevor dieser sie verwenden konnte.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The server sends so slowly that it would never end.</source>
        <translation>Der Server sendet so langsam, dass es nie fertig würde.</translation>
    </message>
    <message>
        <source>The server sent a web page instead of the file.</source>
        <translation>Der Server schickte eine Webseite statt der Datei.</translation>
    </message>
    <message>
        <source>A sign-in page of the network may stand between; open a web page in a browser first.</source>
        <translation>Vielleicht steht eine Anmeldeseite des Netzes dazwischen; öffnen Sie zuerst eine Webseite im Browser.</translation>
    </message>
    <message>
        <source>The local file that was to be read is not there, or is no file.</source>
        <translation>Die lokale Datei ist nicht da oder keine Datei.</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>Prüfen Sie den Pfad.</translation>
    </message>
    <message>
        <source>The URL is of a kind that is never followed.</source>
        <translation>Die URL ist von einer Art, der nie gefolgt wird.</translation>
    </message>
    <message>
        <source>Sources are https; http only for this machine and for hosts that you listed.</source>
        <translation>Quellen sind https; http nur für diesen Rechner und für Server, die Sie aufgeführt haben.</translation>
    </message>
    <message>
        <source>The proxy or certificate settings of the environment cannot be used.</source>
        <translation>Die Proxy- oder Zertifikatseinstellungen der Umgebung sind unbrauchbar.</translation>
    </message>
    <message>
        <source>Look at HTTPS_PROXY, NO_PROXY and SSL_CERT_FILE.</source>
        <translation>Sehen Sie nach HTTPS_PROXY, NO_PROXY und SSL_CERT_FILE.</translation>
    </message>
    <message>
        <source>A server would have to be asked, and the settings say never to.</source>
        <translation>Ein Server müsste gefragt werden, und die Einstellungen verbieten es.</translation>
    </message>
    <message>
        <source>Import what is missing, or say `arw-cli settings set offline false`.</source>
        <translation>Importieren Sie, was fehlt, oder sagen Sie `arw-cli settings set offline false`.</translation>
    </message>
    <message>
        <source>The sample registry needs pip, and there is none.</source>
        <translation>Das Beispielregister braucht pip, und es ist keines da.</translation>
    </message>
    <message>
        <source>Start the app from a checkout with `python3 dev.py run`, or use a catalog instead of the sample.</source>
        <translation>Starten Sie das Programm aus dem Quellbaum mit `python3 dev.py run`, oder verwenden Sie einen Katalog statt des Beispiels.</translation>
    </message>
    <message>
        <source>Nobody has built a program of the sample registry for this platform.</source>
        <translation>Für diese Plattform hat niemand ein Programm des Beispielregisters gebaut.</translation>
    </message>
    <message>
        <source>Use a catalog instead of the sample, or let a local build join it with `--bundle-from`.</source>
        <translation>Verwenden Sie einen Katalog statt des Beispiels, oder fügen Sie mit `--bundle-from` einen lokalen Build hinzu.</translation>
    </message>
    <message>
        <source>pip could not bring a program of the sample registry.</source>
        <translation>pip konnte ein Programm des Beispielregisters nicht holen.</translation>
    </message>
    <message>
        <source>Check the network and pip&apos;s settings (`pip config list`), then refresh; other catalogs still work.</source>
        <translation>Prüfen Sie das Netz und die Einstellungen von pip (`pip config list`) und aktualisieren Sie dann; andere Kataloge funktionieren weiterhin.</translation>
    </message>
    <message>
        <source>The archive may not be unpacked; nothing of it is kept.</source>
        <translation>Das Archiv darf nicht entpackt werden; nichts davon bleibt.</translation>
    </message>
    <message>
        <source>The publisher must repack the bundle; no part of it was activated.</source>
        <translation>Der Herausgeber muss das Bundle neu packen; nichts davon wurde aktiviert.</translation>
    </message>
    <message>
        <source>The archive is cut, or its structure contradicts itself.</source>
        <translation>Das Archiv ist abgeschnitten oder widerspricht sich selbst.</translation>
    </message>
    <message>
        <source>The archive holds a kind of member that is never unpacked.</source>
        <translation>Das Archiv enthält einen Eintrag, der nie entpackt wird.</translation>
    </message>
    <message>
        <source>The archive holds a file that the signed index does not name.</source>
        <translation>Das Archiv enthält eine Datei, die die signierte Dateiliste nicht nennt.</translation>
    </message>
    <message>
        <source>The archive lacks a file that the signed index names.</source>
        <translation>Dem Archiv fehlt eine Datei, die die signierte Dateiliste nennt.</translation>
    </message>
    <message>
        <source>A link leads out of the bundle, nowhere, in a circle, or not to a file.</source>
        <translation>Eine Verknüpfung führt aus dem Bundle hinaus, ins Leere, im Kreis oder nicht zu einer Datei.</translation>
    </message>
    <message>
        <source>Unpacked, the archive exceeds what was signed or any honest bundle.</source>
        <translation>Entpackt ist das Archiv größer als das Signierte oder als jedes ehrliche Bundle.</translation>
    </message>
    <message>
        <source>The archive&apos;s format is not one that is unpacked.</source>
        <translation>Dieses Archivformat wird nicht entpackt.</translation>
    </message>
    <message>
        <source>An exported cache is cut, or is not what its own listing says.</source>
        <translation>Ein Export ist abgeschnitten oder nicht das, was sein eigenes Verzeichnis sagt.</translation>
    </message>
    <message>
        <source>Copy it again from where it was exported, or export it anew; nothing of it was imported.</source>
        <translation>Kopieren Sie ihn noch einmal vom Ursprung, oder exportieren Sie neu; nichts davon wurde importiert.</translation>
    </message>
    <message>
        <source>The disk refused, or what lies on it is not what was put there.</source>
        <translation>Der Datenträger weigerte sich, oder was darauf liegt, ist nicht, was dort abgelegt wurde.</translation>
    </message>
    <message>
        <source>Another process is changing the store.</source>
        <translation>Ein anderer Prozess ändert gerade die Ablage.</translation>
    </message>
    <message>
        <source>Wait for it to end, or stop it; nothing was changed.</source>
        <translation>Warten Sie, bis er endet, oder halten Sie ihn an; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>There is not enough room.</source>
        <translation>Der Platz reicht nicht.</translation>
    </message>
    <message>
        <source>Free some space, for example with `arw-cli runtime bundles prune`; the active revision is untouched.</source>
        <translation>Schaffen Sie Platz, zum Beispiel mit `arw-cli runtime bundles prune`; die aktive Revision ist unberührt.</translation>
    </message>
    <message>
        <source>The operating system denied access.</source>
        <translation>Das Betriebssystem hat den Zugriff verweigert.</translation>
    </message>
    <message>
        <source>Check the owner and the mode of the folder; the active revision is untouched.</source>
        <translation>Prüfen Sie Besitzer und Rechte des Ordners; die aktive Revision ist unberührt.</translation>
    </message>
    <message>
        <source>The operating system reported a failing disk or file system.</source>
        <translation>Das Betriebssystem meldet einen Fehler des Datenträgers oder Dateisystems.</translation>
    </message>
    <message>
        <source>The log of the system may say more of the disk; try again when it is well.</source>
        <translation>Das Protokoll des Systems sagt vielleicht mehr über den Datenträger; versuchen Sie es noch einmal, wenn er in Ordnung ist.</translation>
    </message>
    <message>
        <source>The store&apos;s folder is not a folder of ours: a link, or another user&apos;s.</source>
        <translation>Der Ordner der Ablage gehört nicht uns: eine Verknüpfung oder der Ordner eines anderen.</translation>
    </message>
    <message>
        <source>No catalog offers the bundle, and it is not installed.</source>
        <translation>Kein Katalog bietet das Bundle an, und es ist nicht installiert.</translation>
    </message>
    <message>
        <source>`arw-cli runtime bundles list` shows what there is.</source>
        <translation>`arw-cli runtime bundles list` zeigt, was es gibt.</translation>
    </message>
    <message>
        <source>The bundle is not installed on this machine.</source>
        <translation>Das Bundle ist auf diesem Rechner nicht installiert.</translation>
    </message>
    <message>
        <source>The bundle has no such revision on this machine.</source>
        <translation>Eine solche Revision des Bundles gibt es auf diesem Rechner nicht.</translation>
    </message>
    <message>
        <source>`arw-cli runtime bundles rollback --bundle ID --list` shows what there is.</source>
        <translation>`arw-cli runtime bundles rollback --bundle ID --list` zeigt, was es gibt.</translation>
    </message>
    <message>
        <source>An installed revision is not what was signed.</source>
        <translation>Eine installierte Revision ist nicht, was signiert wurde.</translation>
    </message>
    <message>
        <source>Install it again, or roll back to a revision that is whole.</source>
        <translation>Installieren Sie sie neu, oder kehren Sie zu einer heilen Revision zurück.</translation>
    </message>
    <message>
        <source>The revision cannot be exported in a form that another machine could prove.</source>
        <translation>Die Revision lässt sich nicht so exportieren, dass ein anderer Rechner sie belegen könnte.</translation>
    </message>
    <message>
        <source>Contents of a damaged revision are nowhere to be found.</source>
        <translation>Inhalte einer beschädigten Revision sind nirgends zu finden.</translation>
    </message>
    <message>
        <source>Import an export of it, or install the bundle again when there is a network.</source>
        <translation>Importieren Sie einen Export davon, oder installieren Sie das Bundle neu, wenn ein Netz da ist.</translation>
    </message>
    <message>
        <source>The store cannot be moved there.</source>
        <translation>Die Ablage kann nicht dorthin verschoben werden.</translation>
    </message>
    <message>
        <source>Name a new or an empty folder outside of the store; nothing was changed.</source>
        <translation>Nennen Sie einen neuen oder leeren Ordner außerhalb der Ablage; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>A bundle&apos;s state file cannot be read.</source>
        <translation>Die Zustandsdatei eines Bundles kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The bundle cannot work on this machine.</source>
        <translation>Das Bundle kann auf diesem Rechner nicht funktionieren.</translation>
    </message>
    <message>
        <source>`arw-cli runtime bundles list` shows which bundles fit this machine, and why.</source>
        <translation>`arw-cli runtime bundles list` zeigt, welche Bundles zu diesem Rechner passen und warum.</translation>
    </message>
    <message>
        <source>A runtime does not do what its manifest says.</source>
        <translation>Eine Runtime tut nicht, was ihr Manifest sagt.</translation>
    </message>
    <message>
        <source>The executable that the manifest names is not in the bundle.</source>
        <translation>Das Programm, das das Manifest nennt, ist nicht im Bundle.</translation>
    </message>
    <message>
        <source>The staged runtime did not start or did not answer as its manifest says.</source>
        <translation>Die bereitgestellte Runtime startete nicht oder antwortete nicht so, wie ihr Manifest sagt.</translation>
    </message>
    <message>
        <source>The active runtime did not pass its smoke test.</source>
        <translation>Die aktive Runtime hat ihren Test nicht bestanden.</translation>
    </message>
    <message>
        <source>The manifest asks for a consent that nobody gave on this machine.</source>
        <translation>Das Manifest verlangt eine Zustimmung, die auf diesem Rechner niemand gegeben hat.</translation>
    </message>
    <message>
        <source>Read what it says, then start it with `--consent`.</source>
        <translation>Lesen Sie, was es sagt, und starten Sie dann mit `--consent`.</translation>
    </message>
    <message>
        <source>The runtime was started, and did not become healthy.</source>
        <translation>Die Runtime wurde gestartet und wurde nicht betriebsbereit.</translation>
    </message>
    <message>
        <source>Read its last lines; try another model, another port, or another accelerator.</source>
        <translation>Lesen Sie ihre letzten Zeilen; versuchen Sie ein anderes Modell, einen anderen Port oder einen anderen Beschleuniger.</translation>
    </message>
    <message>
        <source>The runtime ended although nobody stopped it.</source>
        <translation>Die Runtime hat sich beendet, obwohl niemand sie angehalten hat.</translation>
    </message>
    <message>
        <source>Read its last lines; try another model, or `rollback` if it worked before an update.</source>
        <translation>Lesen Sie ihre letzten Zeilen; versuchen Sie ein anderes Modell, oder kehren Sie zurück, wenn es vor einem Update ging.</translation>
    </message>
    <message>
        <source>No runtime that this program started is running.</source>
        <translation>Keine Runtime, die dieses Programm gestartet hat, läuft.</translation>
    </message>
    <message>
        <source>`arw-cli runtime bundles run ID` starts one.</source>
        <translation>`arw-cli runtime bundles run ID` startet eine.</translation>
    </message>
    <message>
        <source>The runtime is running already.</source>
        <translation>Die Runtime läuft bereits.</translation>
    </message>
    <message>
        <source>`arw-cli runtime bundles stop ID` ends it.</source>
        <translation>`arw-cli runtime bundles stop ID` beendet sie.</translation>
    </message>
    <message>
        <source>A process that the desktop app started did not tell how its job ended.</source>
        <translation>Ein Prozess, den das Fenster gestartet hat, sagte nicht, wie sein Auftrag endete.</translation>
    </message>
    <message>
        <source>The program could not be started at all.</source>
        <translation>Das Programm konnte gar nicht gestartet werden.</translation>
    </message>
    <message>
        <source>Install ARW Launcher again; a part of it is missing or may not be executed.</source>
        <translation>Installieren Sie ARW Launcher neu; ein Teil fehlt oder darf nicht ausgeführt werden.</translation>
    </message>
    <message>
        <source>The process was killed, crashed, or ended without a word.</source>
        <translation>Der Prozess wurde abgebrochen, ist abgestürzt oder endete wortlos.</translation>
    </message>
    <message>
        <source>Try again; what was active still is, and what was fetched is kept.</source>
        <translation>Versuchen Sie es erneut; was aktiv war, ist es noch, und was geholt wurde, bleibt.</translation>
    </message>
    <message>
        <source>Something failed that should not be able to; what was active still is.</source>
        <translation>Etwas ist gescheitert, das nicht scheitern dürfte; was aktiv war, ist es noch.</translation>
    </message>
    <message>
        <source>The channels that are followed.</source>
        <translation>Die Kanäle, denen gefolgt wird.</translation>
    </message>
    <message>
        <source>names of channels</source>
        <translation>Namen von Kanälen</translation>
    </message>
    <message>
        <source>Catalogs and exported caches to look at besides the shipped catalogs.</source>
        <translation>Kataloge und Exporte, die zusätzlich zu den mitgelieferten Katalogen angesehen werden.</translation>
    </message>
    <message>
        <source>https:// or file:// URLs</source>
        <translation>https:// oder file:// URLs</translation>
    </message>
    <message>
        <source>Hosts that may be asked over plain http.</source>
        <translation>Server, die über einfaches http gefragt werden dürfen.</translation>
    </message>
    <message>
        <source>host names, without a port</source>
        <translation>Servernamen, ohne Port</translation>
    </message>
    <message>
        <source>The proxy to use instead of the one that the system names.</source>
        <translation>Der Proxy, der statt des vom System genannten verwendet wird.</translation>
    </message>
    <message>
        <source>http://host:port, or nothing</source>
        <translation>http://host:port oder nichts</translation>
    </message>
    <message>
        <source>Certificates (PEM) to prove servers by, instead of the operating system&apos;s.</source>
        <translation>Zertifikate (PEM), mit denen Server belegt werden, statt derer des Betriebssystems.</translation>
    </message>
    <message>
        <source>an absolute path, or nothing</source>
        <translation>ein absoluter Pfad oder nichts</translation>
    </message>
    <message>
        <source>Never ask a server; what was fetched or imported before is used.</source>
        <translation>Nie einen Server fragen; verwendet wird, was vorher geholt oder importiert wurde.</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>Refuse whatever is not signed by a trusted signer.</source>
        <translation>Alles ablehnen, was nicht von einem vertrauenswürdigen Signierer signiert ist.</translation>
    </message>
    <message>
        <source>Where bundles are stored, instead of the cache folder.</source>
        <translation>Wo Bundles abgelegt werden, statt im Cache-Ordner.</translation>
    </message>
    <message>
        <source>So many of the newest revisions always stay.</source>
        <translation>So viele der neuesten Revisionen bleiben immer.</translation>
    </message>
    <message>
        <source>With less free than this, old revisions are deleted by themselves.</source>
        <translation>Ist weniger frei, werden alte Revisionen von selbst gelöscht.</translation>
    </message>
    <message>
        <source>The same as a part of the volume.</source>
        <translation>Dasselbe als Anteil des Datenträgers.</translation>
    </message>
    <message>
        <source>Whether the window looks for updates, at its start and every six hours.</source>
        <translation>Ob das Fenster beim Start und alle sechs Stunden nach Updates sucht.</translation>
    </message>
    <message>
        <source>Whether the window downloads what it found; a metered connection makes it ask.</source>
        <translation>Ob das Fenster lädt, was es gefunden hat; bei getakteter Verbindung fragt es.</translation>
    </message>
    <message>
        <source>Whether the window makes active what it downloaded; never while the runtime runs.</source>
        <translation>Ob das Fenster aktiviert, was es geladen hat; nie, während die Runtime läuft.</translation>
    </message>
    <message>
        <source>How many downloads the window runs at once.</source>
        <translation>Wie viele Downloads das Fenster gleichzeitig ausführt.</translation>
    </message>
    <message>
        <source>Colours of the window.</source>
        <translation>Farben des Fensters.</translation>
    </message>
    <message>
        <source>Language of the window.</source>
        <translation>Sprache des Fensters.</translation>
    </message>
    <message>
        <source>Whether the window shows its state in the system&apos;s tray.</source>
        <translation>Ob das Fenster seinen Zustand im Infobereich des Systems zeigt.</translation>
    </message>
    <message>
        <source>Whether the app stays in the tray when its window is closed.</source>
        <translation>Ob das Programm im Infobereich bleibt, wenn sein Fenster geschlossen wird.</translation>
    </message>
    <message>
        <source>Whether finished jobs are told while the window is not in front.</source>
        <translation>Ob beendete Aufträge gemeldet werden, wenn das Fenster nicht vorn ist.</translation>
    </message>
    <message>
        <source>What the log file keeps: failures, or what jobs say too.</source>
        <translation>Was die Protokolldatei behält: Fehler oder auch, was Aufträge melden.</translation>
    </message>
    <message>
        <source>Works on this machine.</source>
        <translation>Funktioniert auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Works if your GPU is one that the build supports.</source>
        <translation>Funktioniert, wenn der Build Ihre GPU unterstützt.</translation>
    </message>
    <message>
        <source>Recommended: {title}, because {why}.</source>
        <translation>Empfohlen: {title}, {why}.</translation>
    </message>
    <message>
        <source>{titles} also works.</source>
        <translation>{titles} funktioniert ebenfalls.</translation>
    </message>
    <message>
        <source>{titles} also work.</source>
        <translation>{titles} funktionieren ebenfalls.</translation>
    </message>
    <message>
        <source>Made for {need}; this machine runs {have}.</source>
        <translation>Gebaut für {need}; auf diesem Rechner läuft {have}.</translation>
    </message>
    <message>
        <source>Made for {need}; this machine is {have}.</source>
        <translation>Gebaut für {need}; dieser Rechner ist {have}.</translation>
    </message>
    <message>
        <source>Needs macOS {need} or later; this Mac has {have}.</source>
        <translation>Braucht macOS {need} oder neuer; dieser Mac hat {have}.</translation>
    </message>
    <message>
        <source>Needs glibc {need} or later; this machine has {have}.</source>
        <translation>Braucht glibc {need} oder neuer; dieser Rechner hat {have}.</translation>
    </message>
    <message>
        <source>Needs {need} or later; this machine has {have}.</source>
        <translation>Braucht {need} oder neuer; dieser Rechner hat {have}.</translation>
    </message>
    <message>
        <source>Wants {need} of memory; this machine has {have}.</source>
        <translation>Möchte {need} Arbeitsspeicher; dieser Rechner hat {have}.</translation>
    </message>
    <message>
        <source>The accelerator `{name}` is unknown, so whether it works here is too.</source>
        <translation>Der Beschleuniger `{name}` ist unbekannt, und damit auch, ob er hier funktioniert.</translation>
    </message>
    <message>
        <source>Which driver {name} needs is unknown.</source>
        <translation>Welchen Treiber {name} braucht, ist unbekannt.</translation>
    </message>
    <message>
        <source>{name} has compute capability {have}; {need} is needed.</source>
        <translation>{name} hat Compute Capability {have}; gebraucht wird {need}.</translation>
    </message>
    <message>
        <source>{name} ({kind}) is not one of the GPUs that ROCm builds are made for.</source>
        <translation>{name} ({kind}) gehört nicht zu den GPUs, für die ROCm-Builds gemacht sind.</translation>
    </message>
    <message>
        <source>AMD&apos;s compute driver is not loaded.</source>
        <translation>Der Compute-Treiber von AMD ist nicht geladen.</translation>
    </message>
    <message>
        <source>No GPU that Metal drives.</source>
        <translation>Keine GPU, die Metal ansteuert.</translation>
    </message>
    <message>
        <source>Whether there is a Vulkan device could not be found out.</source>
        <translation>Ob es ein Vulkan-Gerät gibt, ließ sich nicht feststellen.</translation>
    </message>
    <message>
        <source>Whether there is an {vendor} GPU could not be found out.</source>
        <translation>Ob es eine {vendor}-GPU gibt, ließ sich nicht feststellen.</translation>
    </message>
    <message>
        <source>No Vulkan loader (`{library}`).</source>
        <translation>Kein Vulkan-Loader (`{library}`).</translation>
    </message>
    <message>
        <source>The Vulkan driver did not answer.</source>
        <translation>Der Vulkan-Treiber hat nicht geantwortet.</translation>
    </message>
    <message>
        <source>Vulkan has no GPU here, only software ({name}).</source>
        <translation>Vulkan hat hier keine GPU, nur Software ({name}).</translation>
    </message>
    <message>
        <source>No Vulkan device.</source>
        <translation>Kein Vulkan-Gerät.</translation>
    </message>
    <message>
        <source>No {vendor} GPU.</source>
        <translation>Keine {vendor}-GPU.</translation>
    </message>
    <message>
        <source>Which GPUs {name} is for is unknown.</source>
        <translation>Für welche GPUs {name} ist, ist unbekannt.</translation>
    </message>
    <message>
        <source>NVIDIA driver {have} is too old; {need} or later is needed.</source>
        <translation>Der NVIDIA-Treiber {have} ist zu alt; gebraucht wird {need} oder neuer.</translation>
    </message>
    <message>
        <source>The NVIDIA driver is not there or does not answer; {need} or later is needed.</source>
        <translation>Der NVIDIA-Treiber ist nicht da oder antwortet nicht; gebraucht wird {need} oder neuer.</translation>
    </message>
    <message>
        <source>{version} (channel revision {number}) is available.</source>
        <translation>{version} (Kanalrevision {number}) ist verfügbar.</translation>
    </message>
    <message>
        <source>Revision {number} is available.</source>
        <translation>Revision {number} ist verfügbar.</translation>
    </message>
    <message>
        <source>Update the operating system.</source>
        <translation>Aktualisieren Sie das Betriebssystem.</translation>
    </message>
    <message>
        <source>Update macOS.</source>
        <translation>Aktualisieren Sie macOS.</translation>
    </message>
    <message>
        <source>Update.</source>
        <translation>Aktualisieren Sie.</translation>
    </message>
    <message>
        <source>Use a newer release of the distribution.</source>
        <translation>Verwenden Sie eine neuere Version der Distribution.</translation>
    </message>
    <message>
        <source>Use a distribution with glibc.</source>
        <translation>Verwenden Sie eine Distribution mit glibc.</translation>
    </message>
    <message>
        <source>Use small models, and close other programs.</source>
        <translation>Verwenden Sie kleine Modelle und schließen Sie andere Programme.</translation>
    </message>
    <message>
        <source>Take a build for an older CUDA, or the Vulkan build.</source>
        <translation>Nehmen Sie einen Build für ein älteres CUDA oder den Vulkan-Build.</translation>
    </message>
    <message>
        <source>Take the Vulkan build.</source>
        <translation>Nehmen Sie den Vulkan-Build.</translation>
    </message>
    <message>
        <source>Install the `amdgpu` driver with ROCm.</source>
        <translation>Installieren Sie den Treiber `amdgpu` mit ROCm.</translation>
    </message>
    <message>
        <source>Install your GPU&apos;s driver with Vulkan support.</source>
        <translation>Installieren Sie den Treiber Ihrer GPU mit Vulkan-Unterstützung.</translation>
    </message>
    <message>
        <source>Update your GPU&apos;s driver.</source>
        <translation>Aktualisieren Sie den Treiber Ihrer GPU.</translation>
    </message>
    <message>
        <source>Install NVIDIA driver {need} or later.</source>
        <translation>Installieren Sie den NVIDIA-Treiber {need} oder neuer.</translation>
    </message>
    <message>
        <source>{title} suits this machine better.</source>
        <translation>{title} passt besser zu diesem Rechner.</translation>
    </message>
    <message>
        <source>Choose a bundle for {name}.</source>
        <translation>Wählen Sie ein Bundle für {name}.</translation>
    </message>
    <message>
        <source>It had too little memory: try a smaller model or a smaller context, or close other programs.</source>
        <translation>Der Speicher war zu knapp: Versuchen Sie ein kleineres Modell oder einen kleineren Kontext, oder schließen Sie andere Programme.</translation>
    </message>
    <message>
        <source>This processor lacks an instruction that the build uses: install another bundle.</source>
        <translation>Diesem Prozessor fehlt ein Befehl, den der Build benutzt: Installieren Sie ein anderes Bundle.</translation>
    </message>
    <message>
        <source>The port is taken: choose another.</source>
        <translation>Der Port ist belegt: Wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>The GPU or its driver does not suit the build: update the driver, or install the Vulkan or the CPU bundle.</source>
        <translation>Die GPU oder ihr Treiber passt nicht zum Build: Aktualisieren Sie den Treiber, oder installieren Sie das Vulkan- oder das CPU-Bundle.</translation>
    </message>
    <message>
        <source>A library of the system is missing: `doctor` may know which; the CPU bundle needs the fewest.</source>
        <translation>Eine Bibliothek des Systems fehlt: `doctor` weiß vielleicht, welche; das CPU-Bundle braucht die wenigsten.</translation>
    </message>
    <message>
        <source>It cannot read the model: see that the file is whole and made for this runtime, or update the runtime.</source>
        <translation>Sie kann das Modell nicht lesen: Prüfen Sie, ob die Datei vollständig und für diese Runtime gemacht ist, oder aktualisieren Sie die Runtime.</translation>
    </message>
    <message>
        <source>It does not take one of its arguments: leave out those that you added.</source>
        <translation>Sie nimmt eines der Argumente nicht an: Lassen Sie die weg, die Sie hinzugefügt haben.</translation>
    </message>
    <message>
        <source>Signed by {issuer}, key {key}, trusted for {channel} until {date}.</source>
        <translation>Signiert von {issuer}, Schlüssel {key}, vertrauenswürdig für {channel} bis {date}.</translation>
    </message>
    <message>
        <source>Signed by {issuer}, key {key}, trusted for {channel}.</source>
        <translation>Signiert von {issuer}, Schlüssel {key}, vertrauenswürdig für {channel}.</translation>
    </message>
    <message>
        <source>Signed with the key {key}, trusted for {channel} until {date}.</source>
        <translation>Signiert mit dem Schlüssel {key}, vertrauenswürdig für {channel} bis {date}.</translation>
    </message>
    <message>
        <source>Signed with the key {key}, trusted for {channel}.</source>
        <translation>Signiert mit dem Schlüssel {key}, vertrauenswürdig für {channel}.</translation>
    </message>
    <message>
        <source>Not signed by anybody.</source>
        <translation>Von niemandem signiert.</translation>
    </message>
    <message>
        <source>Nobody signed.</source>
        <translation>Niemand hat signiert.</translation>
    </message>
    <message>
        <source>Edited by hand on this machine; nobody signed it.</source>
        <translation>Auf diesem Rechner von Hand geändert; niemand hat es signiert.</translation>
    </message>
    <message>
        <source>Its signatures cannot be read.</source>
        <translation>Die Signaturen können nicht gelesen werden.</translation>
    </message>
    <message>
        <source>It is neither installed nor offered.</source>
        <translation>Weder installiert noch angeboten.</translation>
    </message>
    <message>
        <source>Its catalog lies on this machine unsigned; its own signature is checked before installing.</source>
        <translation>Der Katalog liegt unsigniert auf diesem Rechner; die eigene Signatur wird vor dem Installieren geprüft.</translation>
    </message>
    <message>
        <source>It could not be read.</source>
        <translation>Es konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The key {key} has expired since; this was verified before.</source>
        <translation>Der Schlüssel {key} ist inzwischen abgelaufen; geprüft wurde vorher.</translation>
    </message>
    <message>
        <source>Its manifest cannot be read.</source>
        <translation>Sein Manifest kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>It was not looked at.</source>
        <translation>Es wurde nicht angesehen.</translation>
    </message>
    <message>
        <source>The key {key} was revoked.</source>
        <translation>Der Schlüssel {key} wurde widerrufen.</translation>
    </message>
    <message>
        <source>The key {key} has expired.</source>
        <translation>Der Schlüssel {key} ist abgelaufen.</translation>
    </message>
    <message>
        <source>The key {key} is not valid yet.</source>
        <translation>Der Schlüssel {key} ist noch nicht gültig.</translation>
    </message>
    <message>
        <source>The key {key} is not trusted for the channel `{channel}`.</source>
        <translation>Dem Schlüssel {key} wird für den Kanal `{channel}` nicht vertraut.</translation>
    </message>
    <message>
        <source>Too few trusted keys signed for the channel `{channel}`.</source>
        <translation>Für den Kanal `{channel}` haben zu wenige vertrauenswürdige Schlüssel signiert.</translation>
    </message>
    <message>
        <source>No catalog offers it any more.</source>
        <translation>Kein Katalog bietet es mehr an.</translation>
    </message>
    <message>
        <source>{version} is the newest on its channel.</source>
        <translation>{version} ist das Neueste auf dem Kanal.</translation>
    </message>
    <message>
        <source>You rolled back from channel revision {number}; it stays held until a newer one comes.</source>
        <translation>Sie sind von Kanalrevision {number} zurückgekehrt; sie bleibt zurückgehalten, bis eine neuere kommt.</translation>
    </message>
    <message>
        <source>Channel revision {number} was never healthy here; it stays held until a newer one comes.</source>
        <translation>Kanalrevision {number} war hier nie betriebsbereit; sie bleibt zurückgehalten, bis eine neuere kommt.</translation>
    </message>
    <message>
        <source>`--all-platforms` stores it all the same.</source>
        <translation>`--all-platforms` legt es trotzdem ab.</translation>
    </message>
    <message>
        <source>It is here as {revision}.</source>
        <translation>Es ist hier als {revision}.</translation>
    </message>
    <message>
        <source>It would be stored.</source>
        <translation>Es würde abgelegt.</translation>
    </message>
    <message>
        <source>Stored as {revision}; `install {name}` makes it active.</source>
        <translation>Abgelegt als {revision}; `install {name}` macht es aktiv.</translation>
    </message>
    <message>
        <source>It does not expire.</source>
        <translation>Er läuft nicht ab.</translation>
    </message>
    <message>
        <source>It has expired on {date}; nothing new is activated from it.</source>
        <translation>Er ist am {date} abgelaufen; nichts Neues wird daraus aktiviert.</translation>
    </message>
    <message>
        <source>It expires on {date}.</source>
        <translation>Er läuft am {date} ab.</translation>
    </message>
    <message>
        <source>{path} is as it should be.</source>
        <translation>{path} ist, wie es sein soll.</translation>
    </message>
    <message>
        <source>`{key}` of {issuer} expired {date}.</source>
        <translation>`{key}` von {issuer} ist am {date} abgelaufen.</translation>
    </message>
    <message>
        <source>`{key}` of {issuer} expires {date}.</source>
        <translation>`{key}` von {issuer} läuft am {date} ab.</translation>
    </message>
    <message>
        <source>Ask who runs the channel for a new signer registry.</source>
        <translation>Bitten Sie den Betreiber des Kanals um ein neues Signiererregister.</translation>
    </message>
    <message>
        <source>Trusted keys: {count}; none expires within {days} days.</source>
        <translation>Vertrauenswürdige Schlüssel: {count}; keiner läuft in den nächsten {days} Tagen ab.</translation>
    </message>
    <message>
        <source>{source} expired {date}.</source>
        <translation>{source} ist am {date} abgelaufen.</translation>
    </message>
    <message>
        <source>Fetch a newer one: `arw-cli runtime bundles refresh`.</source>
        <translation>Holen Sie einen neueren: `arw-cli runtime bundles refresh`.</translation>
    </message>
    <message>
        <source>{source} is valid until {date}.</source>
        <translation>{source} gilt bis {date}.</translation>
    </message>
    <message>
        <source>{source} can be read.</source>
        <translation>{source} ist lesbar.</translation>
    </message>
    <message>
        <source>There is none yet; {path} is made with the first installation.</source>
        <translation>Es gibt noch keine; {path} entsteht mit der ersten Installation.</translation>
    </message>
    <message>
        <source>{path} is on a file system without locks.</source>
        <translation>{path} liegt auf einem Dateisystem ohne Sperren.</translation>
    </message>
    <message>
        <source>Nothing is installed there; choose another volume.</source>
        <translation>Dort wird nichts installiert; wählen Sie einen anderen Datenträger.</translation>
    </message>
    <message>
        <source>{path} is on a file system without links.</source>
        <translation>{path} liegt auf einem Dateisystem ohne Verknüpfungen.</translation>
    </message>
    <message>
        <source>Bundles that have links are not installed there; a store on another volume takes them.</source>
        <translation>Bundles mit Verknüpfungen werden dort nicht installiert; eine Ablage auf einem anderen Datenträger nimmt sie auf.</translation>
    </message>
    <message>
        <source>{path} is on a file system where revisions cannot share files.</source>
        <translation>{path} liegt auf einem Dateisystem, auf dem sich Revisionen keine Dateien teilen können.</translation>
    </message>
    <message>
        <source>Every revision takes its full size; a store on another volume takes less.</source>
        <translation>Jede Revision belegt ihre volle Größe; eine Ablage auf einem anderen Datenträger braucht weniger.</translation>
    </message>
    <message>
        <source>{path} can be written; it has {abilities}.</source>
        <translation>{path} ist beschreibbar; vorhanden: {abilities}.</translation>
    </message>
    <message>
        <source>{free} GiB of {total} GiB are free.</source>
        <translation>{free} GiB von {total} GiB sind frei.</translation>
    </message>
    <message>
        <source>Old revisions are deleted by themselves.</source>
        <translation>Alte Revisionen werden von selbst gelöscht.</translation>
    </message>
    <message>
        <source>Nobody is changing the store.</source>
        <translation>Niemand ändert gerade die Ablage.</translation>
    </message>
    <message>
        <source>{holder} is changing the store.</source>
        <translation>{holder} ändert gerade die Ablage.</translation>
    </message>
    <message>
        <source>Wait for it; the lock ends with the process.</source>
        <translation>Warten Sie darauf; die Sperre endet mit dem Prozess.</translation>
    </message>
    <message>
        <source>`arw-cli runtime bundles repair {name}`, or install it again.</source>
        <translation>`arw-cli runtime bundles repair {name}`, oder installieren Sie es neu.</translation>
    </message>
    <message>
        <source>Installed bundles: {count}; all can be read, and `audit --deep` hashes every file.</source>
        <translation>Installierte Bundles: {count}; alle sind lesbar, und `audit --deep` prüft jede Datei.</translation>
    </message>
    <message>
        <source>There is an NVIDIA GPU, but no driver that answers.</source>
        <translation>Es gibt eine NVIDIA-GPU, aber keinen Treiber, der antwortet.</translation>
    </message>
    <message>
        <source>Install NVIDIA&apos;s driver.</source>
        <translation>Installieren Sie den Treiber von NVIDIA.</translation>
    </message>
    <message>
        <source>Vulkan is installed, but drives no GPU.</source>
        <translation>Vulkan ist installiert, steuert aber keine GPU an.</translation>
    </message>
    <message>
        <source>Install the Vulkan driver of the GPU, if there is one.</source>
        <translation>Installieren Sie den Vulkan-Treiber der GPU, falls es einen gibt.</translation>
    </message>
    <message>
        <source>{driver}; Vulkan: {devices}.</source>
        <translation>{driver}; Vulkan: {devices}.</translation>
    </message>
    <message>
        <source>The settings say to stay offline; no server is asked.</source>
        <translation>Die Einstellungen verlangen, offline zu bleiben; kein Server wird gefragt.</translation>
    </message>
    <message>
        <source>Servers are asked directly, without a proxy.</source>
        <translation>Server werden direkt gefragt, ohne Proxy.</translation>
    </message>
    <message>
        <source>The proxy {address} answers.</source>
        <translation>Der Proxy {address} antwortet.</translation>
    </message>
    <message>
        <source>Servers are proven by the certificates of the system or the environment.</source>
        <translation>Server werden mit den Zertifikaten des Systems oder der Umgebung belegt.</translation>
    </message>
    <message>
        <source>Every certificate in {path} has expired.</source>
        <translation>Alle Zertifikate in {path} sind abgelaufen.</translation>
    </message>
    <message>
        <source>Ask who runs the network for a new file.</source>
        <translation>Bitten Sie den Betreiber des Netzes um eine neue Datei.</translation>
    </message>
    <message>
        <source>Servers are proven by the certificates in {path}: {count}.</source>
        <translation>Server werden mit den Zertifikaten in {path} belegt: {count}.</translation>
    </message>
    <message>
        <source>A move of the store was interrupted; {path} is used, and what is left at {rest} takes room.</source>
        <translation>Ein Umzug der Ablage wurde unterbrochen; verwendet wird {path}, und der Rest in {rest} belegt Platz.</translation>
    </message>
    <message>
        <source>Delete what is left: `arw-cli runtime bundles move --clean-up`.</source>
        <translation>Löschen Sie den Rest: `arw-cli runtime bundles move --clean-up`.</translation>
    </message>
    <message>
        <source>It can be used, but it expired {date}: nothing new comes of it.</source>
        <translation>Sie ist brauchbar, aber am {date} abgelaufen: Neues kommt nicht von ihr.</translation>
    </message>
    <message>
        <source>It can be used, but its channel `{channel}` is not followed on this machine.</source>
        <translation>Sie ist brauchbar, aber ihrem Kanal `{channel}` wird auf diesem Rechner nicht gefolgt.</translation>
    </message>
    <message>
        <source>It can be used; it offers {count} on the channel `{channel}`.</source>
        <translation>Sie ist brauchbar; sie bietet {count} auf dem Kanal `{channel}`.</translation>
    </message>
    <message>
        <source>It can be read; bundles in it: {count}. Each is proven when it is imported.</source>
        <translation>Sie ist lesbar; Bundles darin: {count}. Jedes wird beim Importieren belegt.</translation>
    </message>
    <message>
        <source>Waiting for {holder} to finish with the store.</source>
        <translation>Wartet auf {holder}: Dort wird die Ablage geändert.</translation>
    </message>
    <message>
        <source>Waiting for {holder}, which fetches the same file.</source>
        <translation>Wartet auf {holder}: Dort wird dieselbe Datei geladen.</translation>
    </message>
    <message>
        <source>Waiting for {holder} to finish with the sample registry.</source>
        <translation>Wartet auf {holder}: Dort wird die Beispielregister vorbereitet.</translation>
    </message>
    <message>
        <source>What came is not the file that was signed.</source>
        <translation>Was ankam, ist nicht die Datei, die signiert wurde.</translation>
    </message>
    <message>
        <source>The archive `{name}` is not the one that was signed.</source>
        <translation>Das Archiv `{name}` ist nicht das, das signiert wurde.</translation>
    </message>
    <message>
        <source>The archive `{name}` has not the signed size.</source>
        <translation>Das Archiv `{name}` hat nicht die signierte Größe.</translation>
    </message>
    <message>
        <source>`{name}` is not what was signed.</source>
        <translation>`{name}` ist nicht, was signiert wurde.</translation>
    </message>
    <message>
        <source>`{name}` is not of the signed size.</source>
        <translation>`{name}` hat nicht die signierte Größe.</translation>
    </message>
    <message>
        <source>`{path}` does not belong to the bundle.</source>
        <translation>`{path}` gehört nicht zum Bundle.</translation>
    </message>
    <message>
        <source>The proxy `{address}` does not answer.</source>
        <translation>Der Proxy `{address}` antwortet nicht.</translation>
    </message>
    <message>
        <source>The operating system denied access to `{path}`.</source>
        <translation>Das Betriebssystem verweigert den Zugriff auf `{path}`.</translation>
    </message>
    <message>
        <source>There is no room left for `{path}`.</source>
        <translation>Für `{path}` ist kein Platz mehr.</translation>
    </message>
    <message>
        <source>The disk or its file system failed at `{path}`.</source>
        <translation>Der Datenträger oder sein Dateisystem hat bei `{path}` versagt.</translation>
    </message>
    <message>
        <source>A file stands where there must be a folder, on the way to `{path}`.</source>
        <translation>Auf dem Weg zu `{path}` steht eine Datei, wo ein Ordner sein muss.</translation>
    </message>
    <message>
        <source>The manifest of `{name}` is not the one that the catalog pins.</source>
        <translation>Das Manifest von `{name}` ist nicht das, das der Katalog festlegt.</translation>
    </message>
    <message>
        <source>`{name}` is offered in an older revision than this machine has seen.</source>
        <translation>`{name}` wird in einer älteren Revision angeboten, als dieser Rechner schon gesehen hat.</translation>
    </message>
    <message>
        <source>The catalog of the channel `{channel}` has expired.</source>
        <translation>Der Katalog des Kanals `{channel}` ist abgelaufen.</translation>
    </message>
    <message>
        <source>The document is not signed.</source>
        <translation>Das Dokument ist nicht signiert.</translation>
    </message>
    <message>
        <source>The key `{key}` is not in the signer registry.</source>
        <translation>Der Schlüssel `{key}` steht nicht im Signiererregister.</translation>
    </message>
    <message>
        <source>The signature carries the key id `{key}` with another key.</source>
        <translation>Die Signatur trägt die Schlüsselkennung `{key}` mit einem anderen Schlüssel.</translation>
    </message>
    <message>
        <source>A signature does not belong to this document.</source>
        <translation>Eine Signatur gehört nicht zu diesem Dokument.</translation>
    </message>
    <message>
        <source>There is no signer registry, so nothing is trusted.</source>
        <translation>Es gibt kein Signiererregister, also ist nichts vertrauenswürdig.</translation>
    </message>
    <message>
        <source>`{host}` cannot be reached.</source>
        <translation>`{host}` ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>`{host}` is not asked, because the settings say to stay offline.</source>
        <translation>`{host}` wird nicht gefragt, weil die Einstellungen verlangen, offline zu bleiben.</translation>
    </message>
    <message>
        <source>`{url}` answered {status}.</source>
        <translation>`{url}` antwortete mit {status}.</translation>
    </message>
    <message>
        <source>`{url}` answered with a web page.</source>
        <translation>`{url}` antwortete mit einer Webseite.</translation>
    </message>
    <message>
        <source>`{host}` ended before all had come.</source>
        <translation>`{host}` hörte auf, bevor alles da war.</translation>
    </message>
    <message>
        <source>The connection to `{host}` broke.</source>
        <translation>Die Verbindung zu `{host}` ist abgebrochen.</translation>
    </message>
    <message>
        <source>The server did not answer in time.</source>
        <translation>Der Server hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>The server sends too slowly.</source>
        <translation>Der Server sendet zu langsam.</translation>
    </message>
    <message>
        <source>There is not enough room in `{folder}`.</source>
        <translation>In `{folder}` ist nicht genug Platz.</translation>
    </message>
    <message>
        <source>No catalog offers `{name}`.</source>
        <translation>Kein Katalog bietet `{name}` an.</translation>
    </message>
    <message>
        <source>`{name}` is not installed.</source>
        <translation>`{name}` ist nicht installiert.</translation>
    </message>
    <message>
        <source>`{name}` cannot work on this machine.</source>
        <translation>`{name}` kann auf diesem Rechner nicht funktionieren.</translation>
    </message>
    <message>
        <source>`{name}` is active in this very version already.</source>
        <translation>`{name}` ist in genau dieser Version schon aktiv.</translation>
    </message>
    <message>
        <source>`{revision}` of `{name}` is already active.</source>
        <translation>`{revision}` von `{name}` ist schon aktiv.</translation>
    </message>
    <message>
        <source>`{revision}` of `{name}` is running.</source>
        <translation>`{revision}` von `{name}` läuft gerade.</translation>
    </message>
    <message>
        <source>`{revision}` of `{name}` is as it was signed; there is nothing to repair.</source>
        <translation>`{revision}` von `{name}` ist, wie sie signiert wurde; es gibt nichts zu reparieren.</translation>
    </message>
    <message>
        <source>`{name}` has no earlier revision.</source>
        <translation>`{name}` hat keine frühere Revision.</translation>
    </message>
    <message>
        <source>`{name}` is running already.</source>
        <translation>`{name}` läuft bereits.</translation>
    </message>
    <message>
        <source>`{name}` asks for your consent first: {note}</source>
        <translation>`{name}` braucht zuerst Ihre Zustimmung: {note}</translation>
    </message>
    <message>
        <source>`{name}` does not run on this machine: {line}</source>
        <translation>`{name}` läuft auf diesem Rechner nicht: {line}</translation>
    </message>
    <message>
        <source>The runtime did not become healthy in time.</source>
        <translation>Die Runtime wurde nicht rechtzeitig betriebsbereit.</translation>
    </message>
    <message>
        <source>The runtime ended by itself.</source>
        <translation>Die Runtime hat sich von selbst beendet.</translation>
    </message>
    <message>
        <source>The runtime ended by itself: {line}</source>
        <translation>Die Runtime hat sich von selbst beendet: {line}</translation>
    </message>
    <message>
        <source>Its last words: {line}</source>
        <translation>Ihre letzten Zeilen: {line}</translation>
    </message>
    <message>
        <source>It printed nothing.</source>
        <translation>Sie hat nichts ausgegeben.</translation>
    </message>
    <message>
        <source>Stop it first.</source>
        <translation>Halten Sie sie zuerst an.</translation>
    </message>
    <message>
        <source>Install it: `install {name}`.</source>
        <translation>Installieren Sie es: `install {name}`.</translation>
    </message>
    <message>
        <source>The publisher can start anew with a new signing key; the operator revokes the old one.</source>
        <translation>Der Herausgeber kann mit einem neuen Signierschlüssel neu beginnen; der Betreiber widerruft den alten.</translation>
    </message>
    <message>
        <source>If you trust the sources, delete `{path}`; the next refresh starts anew.</source>
        <translation>Wenn Sie den Quellen vertrauen, löschen Sie `{path}`; die nächste Abfrage beginnt neu.</translation>
    </message>
    <message>
        <source>Look at `rollback --list`, and roll back if another revision was active.</source>
        <translation>Sehen Sie in `rollback --list` nach, und kehren Sie zurück, falls eine andere Revision aktiv war.</translation>
    </message>
    <message>
        <source>`repair {name} --revision {revision}` mends it; then roll back to it again.</source>
        <translation>`repair {name} --revision {revision}` stellt sie wieder her; kehren Sie dann erneut zu ihr zurück.</translation>
    </message>
    <message>
        <source>{revision} was never healthy on this machine, so {previous} is active again.</source>
        <translation>{revision} lief auf diesem Rechner nie gesund, deshalb ist {previous} wieder aktiv.</translation>
    </message>
    <message>
        <source>`update` does not bring it back by itself.</source>
        <translation>`update` bringt sie nicht von selbst zurück.</translation>
    </message>
    <message>
        <source>Update the bundle instead.</source>
        <translation>Aktualisieren Sie stattdessen das Bundle.</translation>
    </message>
    <message>
        <source>Import it instead.</source>
        <translation>Importieren Sie es stattdessen.</translation>
    </message>
    <message>
        <source>Put the store on another volume; FAT and exFAT have no links.</source>
        <translation>Legen Sie die Ablage auf ein anderes Laufwerk; FAT und exFAT haben keine Verknüpfungen.</translation>
    </message>
    <message>
        <source>FAT takes no file of 4 GiB or more; exFAT, NTFS and others do.</source>
        <translation>FAT nimmt keine Datei ab 4 GiB auf; exFAT, NTFS und andere schon.</translation>
    </message>
    <message>
        <source>Move that file away, or choose another place.</source>
        <translation>Legen Sie diese Datei woanders hin, oder wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>Install it with `--force`, which keeps them; then export again.</source>
        <translation>Installieren Sie es mit `--force`, was sie behält; exportieren Sie dann erneut.</translation>
    </message>
    <message>
        <source>The same export goes on from `{name}`; delete that file if you do not need it.</source>
        <translation>Derselbe Export geht von `{name}` aus weiter; löschen Sie diese Datei, wenn Sie sie nicht brauchen.</translation>
    </message>
    <message>
        <source>Export to a folder instead.</source>
        <translation>Exportieren Sie stattdessen in einen Ordner.</translation>
    </message>
    <message>
        <source>Export fewer bundles or revisions at a time.</source>
        <translation>Exportieren Sie weniger Bundles oder Revisionen auf einmal.</translation>
    </message>
    <message>
        <source>End the name of a new folder with a slash.</source>
        <translation>Beenden Sie den Namen eines neuen Ordners mit einem Schrägstrich.</translation>
    </message>
    <message>
        <source>Leave `--bundle` out.</source>
        <translation>Lassen Sie `--bundle` weg.</translation>
    </message>
    <message>
        <source>`rollback --bundle ID --list` shows the revisions of a bundle.</source>
        <translation>`rollback --bundle ID --list` zeigt die Revisionen eines Bundles.</translation>
    </message>
    <message>
        <source>Move the folder itself, or leave them out.</source>
        <translation>Verschieben Sie den Ordner selbst, oder lassen Sie sie weg.</translation>
    </message>
    <message>
        <source>Change it there.</source>
        <translation>Ändern Sie es dort.</translation>
    </message>
    <message>
        <source>Correct the setting `proxy`, or the variables of the environment; or start the proxy.</source>
        <translation>Berichtigen Sie die Einstellung `proxy` oder die Umgebungsvariablen; oder starten Sie den Proxy.</translation>
    </message>
    <message>
        <source>Look at HTTPS_PROXY.</source>
        <translation>Sehen Sie sich HTTPS_PROXY an.</translation>
    </message>
    <message>
        <source>Build llama.cpp first: `cmake -B build &amp;&amp; cmake --build build --target llama-server`.</source>
        <translation>Bauen Sie zuerst llama.cpp: `cmake -B build &amp;&amp; cmake --build build --target llama-server`.</translation>
    </message>
    <message>
        <source>{names}: {clause}</source>
        <translation>{names}: {clause}</translation>
    </message>
    <message>
        <source>it needs no GPU</source>
        <translation>weil es keine GPU braucht</translation>
    </message>
    <message>
        <source>this Mac&apos;s GPU supports it</source>
        <translation>weil die GPU dieses Macs es unterstützt</translation>
    </message>
    <message>
        <source>of {device} with driver {driver}</source>
        <translation>wegen {device} mit Treiber {driver}</translation>
    </message>
    <message>
        <source>of {device}</source>
        <translation>wegen {device}</translation>
    </message>
    <message>
        <source>another system</source>
        <translation>ein anderes System</translation>
    </message>
    <message>
        <source>no NVIDIA driver</source>
        <translation>kein NVIDIA-Treiber</translation>
    </message>
    <message>
        <source>NVIDIA driver {version}</source>
        <translation>NVIDIA-Treiber {version}</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>nicht installiert</translation>
    </message>
    <message>
        <source>hard links</source>
        <translation>harte Links</translation>
    </message>
    <message>
        <source>an {name}</source>
        <translation>{name}</translation>
    </message>
    <message>
        <source>a {name}</source>
        <translation>{name}</translation>
    </message>
    <message>
        <source>process {pid} ({purpose}), which cannot be seen from here</source>
        <translation>Prozess {pid} ({purpose}), der von hier aus nicht zu sehen ist</translation>
    </message>
    <message>
        <source>process {pid} ({purpose})</source>
        <translation>Prozess {pid} ({purpose})</translation>
    </message>
    <message>
        <source>another process, which has not written down its name</source>
        <translation>einen anderen Prozess, der seinen Namen nicht hinterlassen hat</translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation>{first} und {last}</translation>
    </message>
</context>
<context>
    <name>dialogs</name>
    <message>
        <source>The job left no log.</source>
        <translation>Der Auftrag hat kein Protokoll hinterlassen.</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>Aussteller</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Trusted until</source>
        <translation>Vertraut bis</translation>
    </message>
</context>
<context>
    <name>disk</name>
    <message>
        <source>Revisions: {names}</source>
        <translation>Revisionen: {names}</translation>
    </message>
    <message>
        <source>{version} {size}</source>
        <translation>{version} {size}</translation>
    </message>
    <message>
        <source>{version} (active) {size}</source>
        <translation>{version} (aktiv) {size}</translation>
    </message>
</context>
<context>
    <name>health</name>
    <message numerus="yes">
        <source>{trusted} of %n installed bundle(s) are signed by a key that this machine trusts.</source>
        <translation>
            <numerusform>{trusted} von %n installierten Bundle ist mit einem Schlüssel signiert, dem dieser Rechner vertraut.</numerusform>
            <numerusform>{trusted} von %n installierten Bundles sind mit einem Schlüssel signiert, dem dieser Rechner vertraut.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n carry no signature.</source>
        <translation>
            <numerusform>%n trägt keine Signatur.</numerusform>
            <numerusform>%n tragen keine Signatur.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were refused.</source>
        <translation>
            <numerusform>%n wurde abgelehnt.</numerusform>
            <numerusform>%n wurden abgelehnt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>until {date}, for %n more day(s)</source>
        <translation>
            <numerusform>bis {date}, noch %n Tag</numerusform>
            <numerusform>bis {date}, noch %n Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Disk use</source>
        <translation>Belegter Platz</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>{name}: fine</source>
        <translation>{name}: in Ordnung</translation>
    </message>
    <message>
        <source>{name}: look at this</source>
        <translation>{name}: bitte ansehen</translation>
    </message>
    <message>
        <source>{name}: broken</source>
        <translation>{name}: gestört</translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation>Seinen Ordner öffnen</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Noch einmal prüfen</translation>
    </message>
    <message>
        <source>Ask the sources again</source>
        <translation>Quellen erneut abfragen</translation>
    </message>
    <message>
        <source>Show what could go</source>
        <translation>Zeigen, was weg kann</translation>
    </message>
    <message>
        <source>Repair it</source>
        <translation>Reparieren</translation>
    </message>
    <message>
        <source>Delete what is left</source>
        <translation>Rest löschen</translation>
    </message>
    <message>
        <source>Move the store…</source>
        <translation>Ablage verschieben…</translation>
    </message>
    <message>
        <source>Reset the setting</source>
        <translation>Einstellung zurücksetzen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Signers</source>
        <translation>Signierer</translation>
    </message>
    <message>
        <source>Catalogs</source>
        <translation>Kataloge</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Ablage</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Datenträger</translation>
    </message>
    <message>
        <source>Locks</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Installiert</translation>
    </message>
    <message>
        <source>Graphics</source>
        <translation>Grafik</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>Zertifikate</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Whether everything is as it was signed, what it takes on the disk, and what helps.</source>
        <translation>Ob alles so ist, wie es signiert wurde, was es an Platz belegt und was hilft.</translation>
    </message>
    <message>
        <source>Signatures</source>
        <translation>Signaturen</translation>
    </message>
    <message>
        <source>Nothing installed</source>
        <translation>Nichts installiert</translation>
    </message>
    <message>
        <source>All trusted</source>
        <translation>Alle vertrauenswürdig</translation>
    </message>
    <message>
        <source>Not all trusted</source>
        <translation>Nicht alle vertrauenswürdig</translation>
    </message>
    <message>
        <source>Signatures demanded</source>
        <translation>Signaturen verlangt</translation>
    </message>
    <message>
        <source>Signatures not demanded</source>
        <translation>Signaturen nicht verlangt</translation>
    </message>
    <message>
        <source>Once a bundle is installed, this tells whose word it is.</source>
        <translation>Sobald ein Bundle installiert ist, steht hier, wer dafür bürgt.</translation>
    </message>
    <message>
        <source>Trusted signers</source>
        <translation>Vertrauenswürdige Signierer</translation>
    </message>
    <message>
        <source>without an end</source>
        <translation>ohne Ende</translation>
    </message>
    <message>
        <source>until {date}</source>
        <translation>bis {date}</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Gültig</translation>
    </message>
    <message>
        <source>Ends soon</source>
        <translation>Endet bald</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>Not yet valid</source>
        <translation>Noch nicht gültig</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>Widerrufen</translation>
    </message>
</context>
<context>
    <name>help</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>About ARW Launcher</source>
        <translation>Über ARW Launcher</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy what the program is</source>
        <translation>Angaben zum Programm kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Show this help</source>
        <translation>Diese Hilfe zeigen</translation>
    </message>
    <message>
        <source>Go to a screen</source>
        <translation>Zu einer Seite gehen</translation>
    </message>
    <message>
        <source>Search the bundles</source>
        <translation>Die Bundles durchsuchen</translation>
    </message>
    <message>
        <source>Ask the sources again</source>
        <translation>Quellen erneut abfragen</translation>
    </message>
    <message>
        <source>Choose a bundle</source>
        <translation>Ein Bundle auswählen</translation>
    </message>
    <message>
        <source>Do what the button of the chosen bundle does; in a narrow window, show its details</source>
        <translation>Tun, was die Schaltfläche des gewählten Bundles tut; in einem schmalen Fenster seine Einzelheiten zeigen</translation>
    </message>
    <message>
        <source>Go back to the list, in a narrow window</source>
        <translation>Zurück zur Liste, in einem schmalen Fenster</translation>
    </message>
    <message>
        <source>Clear the search, cancel the chosen bundle&apos;s job, or close a dialog</source>
        <translation>Die Suche leeren, den Auftrag des gewählten Bundles abbrechen oder einen Dialog schließen</translation>
    </message>
    <message>
        <source>Go to the next or the previous control</source>
        <translation>Zum nächsten oder vorigen Bedienelement gehen</translation>
    </message>
    <message>
        <source>Press the button that has the focus</source>
        <translation>Die Schaltfläche mit dem Fokus drücken</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>Läuft auf</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>Beruht auf</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
</context>
<context>
    <name>jobs</name>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
</context>
<context>
    <name>left</name>
    <message>
        <source>{name} still runs: the app ended before it could be stopped.</source>
        <translation>{name} läuft noch: Die App endete, bevor es gestoppt werden konnte.</translation>
    </message>
    <message>
        <source>Stop it</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Let it run</source>
        <translation>Laufen lassen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>move</name>
    <message numerus="yes">
        <source>%n file(s), {size}.</source>
        <translation>
            <numerusform>%n Datei, {size}.</numerusform>
            <numerusform>%n Dateien, {size}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Move the store to</source>
        <translation>Ablage verschieben nach</translation>
    </message>
    <message>
        <source>Free there: {size}.</source>
        <translation>Dort frei: {size}.</translation>
    </message>
    <message>
        <source>It is the same volume, so this takes a moment and no room.</source>
        <translation>Es ist derselbe Datenträger; das dauert einen Moment und braucht keinen Platz.</translation>
    </message>
    <message>
        <source>It is another volume: everything is copied and read again before the old store is deleted.</source>
        <translation>Es ist ein anderer Datenträger: Alles wird kopiert und noch einmal gelesen, bevor die alte Ablage gelöscht wird.</translation>
    </message>
    <message>
        <source>Until the last step the old store is in use, and it can be cancelled.</source>
        <translation>Bis zum letzten Schritt wird die alte Ablage verwendet, und Sie können abbrechen.</translation>
    </message>
</context>
<context>
    <name>notices</name>
    <message>
        <source>Notices</source>
        <translation>Hinweise</translation>
    </message>
    <message>
        <source>What the operators of your sources say about the bundles of this machine.</source>
        <translation>Was die Betreiber Ihrer Quellen über die Bundles dieses Rechners sagen.</translation>
    </message>
    <message>
        <source>{title} (unsigned)</source>
        <translation>{title} (nicht signiert)</translation>
    </message>
    <message>
        <source>Update now</source>
        <translation>Jetzt aktualisieren</translation>
    </message>
    <message>
        <source>Roll back</source>
        <translation>Zurückkehren</translation>
    </message>
    <message>
        <source>Show bundle</source>
        <translation>Bundle zeigen</translation>
    </message>
</context>
<context>
    <name>notifications</name>
    <message>
        <source>{job}: done</source>
        <translation>{job}: fertig</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>outcome</name>
    <message numerus="yes">
        <source>%Ln file(s) ({size}) were verified before the switch.</source>
        <translation>
            <numerusform>%Ln Datei ({size}) wurde vor dem Wechsel geprüft.</numerusform>
            <numerusform>%Ln Dateien ({size}) wurden vor dem Wechsel geprüft.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read again and compared, in all revisions: %Ln file(s), {size}.</source>
        <translation>
            <numerusform>Neu gelesen und verglichen, in allen Revisionen: %Ln Datei, {size}.</numerusform>
            <numerusform>Neu gelesen und verglichen, in allen Revisionen: %Ln Dateien, {size}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more; the log has them all</source>
        <translation>
            <numerusform>und %Ln weiterer; das Protokoll nennt alle</numerusform>
            <numerusform>und %Ln weitere; das Protokoll nennt alle</numerusform>
        </translation>
    </message>
    <message>
        <source>What was fetched so far is kept; starting again goes on from there.</source>
        <translation>Was schon geholt wurde, bleibt; ein neuer Start macht dort weiter.</translation>
    </message>
    <message>
        <source>Stopped, as you asked</source>
        <translation>Auf Ihren Wunsch angehalten</translation>
    </message>
    <message>
        <source>There was nothing to do</source>
        <translation>Es gab nichts zu tun</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>It stays until you unpin it</source>
        <translation>Sie bleibt, bis Sie sie loslösen</translation>
    </message>
    <message>
        <source>It may go when it is old enough</source>
        <translation>Sie darf weg, sobald sie alt genug ist</translation>
    </message>
    <message>
        <source>Every file is whole again</source>
        <translation>Jede Datei ist wieder heil</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>{version} is active</source>
        <translation>{version} ist aktiv</translation>
    </message>
    <message>
        <source>Fetched {size}, verified, unpacked and tested.</source>
        <translation>{size} geholt, geprüft, entpackt und getestet.</translation>
    </message>
    <message>
        <source>It answered: {text}</source>
        <translation>Antwort: {text}</translation>
    </message>
    <message>
        <source>Everything is as it was signed</source>
        <translation>Alles ist so, wie es signiert wurde</translation>
    </message>
    <message>
        <source>Health: HTTP {status}</source>
        <translation>Zustand: HTTP {status}</translation>
    </message>
    <message>
        <source>It starts and answers (in {time})</source>
        <translation>Sie startet und antwortet (in {time})</translation>
    </message>
</context>
<context>
    <name>quantities</name>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>vor %n Tag</numerusform>
            <numerusform>vor %n Tagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>vor %n Minute</numerusform>
            <numerusform>vor %n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>vor %n Stunde</numerusform>
            <numerusform>vor %n Stunden</numerusform>
        </translation>
    </message>
    <message>
        <source>{amount} {unit}</source>
        <translation>{amount} {unit}</translation>
    </message>
    <message>
        <source>{done} of {total} {unit}</source>
        <translation>{done} von {total} {unit}</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} s</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} min</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>d. MMM</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Byte</translation>
    </message>
    <message>
        <source>kB</source>
        <translation>kB</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>GB</translation>
    </message>
    <message>
        <source>TB</source>
        <translation>TB</translation>
    </message>
</context>
<context>
    <name>quit</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Cancel them and quit</source>
        <translation>Abbrechen und beenden</translation>
    </message>
    <message>
        <source>Keep them and quit</source>
        <translation>Behalten und beenden</translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation>Anhalten und beenden</translation>
    </message>
    <message>
        <source>Go on in the tray</source>
        <translation>Im Infobereich weiterlaufen</translation>
    </message>
    <message>
        <source>A runtime is running. Stop it and quit?</source>
        <translation>Eine Runtime läuft. Anhalten und beenden?</translation>
    </message>
    <message>
        <source>Quit while jobs are under way?</source>
        <translation>Beenden, obwohl Aufträge laufen?</translation>
    </message>
    <message>
        <source>If they are kept, downloads go on at the next start from where they are, and what is being changed on the disk is finished before the app ends. If they are cancelled, what is active stays as it is.</source>
        <translation>Werden sie behalten, gehen Downloads beim nächsten Start dort weiter, wo sie sind, und was auf dem Datenträger gerade geändert wird, wird noch fertig. Werden sie abgebrochen, bleibt, was aktiv ist.</translation>
    </message>
    <message>
        <source>The runtime that is running is stopped.</source>
        <translation>Die laufende Runtime wird angehalten.</translation>
    </message>
    <message>
        <source>{job}: {subject}</source>
        <translation>{job}: {subject}</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiterer</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rail</name>
    <message>
        <source>Ctrl+{number}</source>
        <translation>Strg+{number}</translation>
    </message>
    <message>
        <source>{title} ({keys})</source>
        <translation>{title} ({keys})</translation>
    </message>
    <message>
        <source>{title}, {count} waiting</source>
        <translation>{title}, {count} offen</translation>
    </message>
</context>
<context>
    <name>run</name>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Start an installed runtime with a model of yours, on this machine.</source>
        <translation>Starten Sie eine installierte Runtime mit Ihrem Modell auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>Läuft nicht</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>Arbeitet</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Ausführung</translation>
    </message>
    <message>
        <source>Healthy</source>
        <translation>Gesund</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
</context>
<context>
    <name>screens</name>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Runtimes</source>
        <translation>Runtimes</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>Hinweise</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>none; one a line</source>
        <translation>keine; je Zeile eine Angabe</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Hosts without encryption</source>
        <translation>Server ohne Verschlüsselung</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>Zertifikate</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Demand signatures</source>
        <translation>Signaturen verlangen</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Download updates</source>
        <translation>Updates laden</translation>
    </message>
    <message>
        <source>What is kept</source>
        <translation>Was behalten wird</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Ablage</translation>
    </message>
    <message>
        <source>Revisions that stay</source>
        <translation>Revisionen, die bleiben</translation>
    </message>
    <message>
        <source>Free space to keep</source>
        <translation>Platz, der frei bleibt</translation>
    </message>
    <message>
        <source>Free part to keep, in percent</source>
        <translation>Anteil, der frei bleibt, in Prozent</translation>
    </message>
    <message>
        <source>Look for updates</source>
        <translation>Nach Updates suchen</translation>
    </message>
    <message>
        <source>Activate updates</source>
        <translation>Updates aktivieren</translation>
    </message>
    <message>
        <source>Downloads at once</source>
        <translation>Gleichzeitige Downloads</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Show in the tray</source>
        <translation>Im Infobereich zeigen</translation>
    </message>
    <message>
        <source>Stay in the tray</source>
        <translation>Im Infobereich bleiben</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>By itself</source>
        <translation>Von selbst</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Failures only</source>
        <translation>Nur Fehler</translation>
    </message>
    <message>
        <source>What jobs say, too</source>
        <translation>Auch, was Aufträge melden</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Each takes effect at once, here and in the command line program.</source>
        <translation>Jede wirkt sofort, hier und im Befehlszeilenprogramm.</translation>
    </message>
    <message>
        <source>The window speaks the other language once its jobs have ended.</source>
        <translation>Das Fenster wechselt die Sprache, sobald seine Aufträge beendet sind.</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>Dieses Fenster</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Updates</translation>
    </message>
    <message>
        <source>Channels and sources</source>
        <translation>Kanäle und Quellen</translation>
    </message>
    <message>
        <source>Trust</source>
        <translation>Vertrauen</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Decided by {ruler}</source>
        <translation>Festgelegt durch {ruler}</translation>
    </message>
    <message>
        <source>on</source>
        <translation>ein</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>The source works</source>
        <translation>Die Quelle ist in Ordnung</translation>
    </message>
</context>
<context>
    <name>texts</name>
    <message>
        <source>Active</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Update available</source>
        <translation>Update verfügbar</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Installiert</translation>
    </message>
    <message>
        <source>Not installed</source>
        <translation>Nicht installiert</translation>
    </message>
    <message>
        <source>Not for this machine</source>
        <translation>Nicht für diesen Rechner</translation>
    </message>
    <message>
        <source>Trusted</source>
        <translation>Vertrauenswürdig</translation>
    </message>
    <message>
        <source>Untrusted</source>
        <translation>Nicht vertraut</translation>
    </message>
    <message>
        <source>Bad signature</source>
        <translation>Falsche Signatur</translation>
    </message>
    <message>
        <source>Unsigned</source>
        <translation>Nicht signiert</translation>
    </message>
    <message>
        <source>Not checked yet</source>
        <translation>Noch nicht geprüft</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>Installieren</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Reparieren</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Loslösen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Update to {version}</source>
        <translation>Auf {version} aktualisieren</translation>
    </message>
    <message>
        <source>Install {version}</source>
        <translation>{version} installieren</translation>
    </message>
    <message>
        <source>Return to {version}</source>
        <translation>Wieder zu {version}</translation>
    </message>
    <message>
        <source>Roll back to {version}</source>
        <translation>Zurück zu {version}</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Wieder dorthin</translation>
    </message>
    <message>
        <source>Roll back</source>
        <translation>Zurückkehren</translation>
    </message>
    <message>
        <source>until {date}</source>
        <translation>bis {date}</translation>
    </message>
    <message>
        <source>“{text}”</source>
        <translation>„{text}“</translation>
    </message>
    <message>
        <source>{text}: nothing has come for {time}</source>
        <translation>{text}: seit {time} kommt nichts</translation>
    </message>
    <message>
        <source>{text} at {speed}/s</source>
        <translation>{text} mit {speed}/s</translation>
    </message>
    <message>
        <source>{text}, {time} left</source>
        <translation>{text}, noch {time}</translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation>Wird angehalten…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Hält an…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Paused at {share}</source>
        <translation>Pausiert bei {share}</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>In der Warteschlange</translation>
    </message>
    <message>
        <source>Reading the catalog</source>
        <translation>Katalog wird gelesen</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>Verifying</source>
        <translation>Wird geprüft</translation>
    </message>
    <message>
        <source>Unpacking</source>
        <translation>Wird entpackt</translation>
    </message>
    <message>
        <source>Saving to the disk</source>
        <translation>Wird auf den Datenträger geschrieben</translation>
    </message>
    <message>
        <source>Testing whether it starts</source>
        <translation>Der Start wird getestet</translation>
    </message>
    <message>
        <source>Activating</source>
        <translation>Wird aktiviert</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Healthy</source>
        <translation>Gesund</translation>
    </message>
    <message>
        <source>Reading what is installed</source>
        <translation>Installiertes wird gelesen</translation>
    </message>
    <message>
        <source>Asking the sources for news</source>
        <translation>Quellen werden abgefragt</translation>
    </message>
    <message>
        <source>Installing</source>
        <translation>Installation</translation>
    </message>
    <message>
        <source>Updating</source>
        <translation>Aktualisierung</translation>
    </message>
    <message>
        <source>Rolling back</source>
        <translation>Rückkehr</translation>
    </message>
    <message>
        <source>Verifying every file</source>
        <translation>Jede Datei wird geprüft</translation>
    </message>
    <message>
        <source>Testing the runtime</source>
        <translation>Die Runtime wird getestet</translation>
    </message>
    <message>
        <source>Dismissing a notice</source>
        <translation>Hinweis wird ausgeblendet</translation>
    </message>
    <message>
        <source>Restoring a notice</source>
        <translation>Hinweis wird wieder eingeblendet</translation>
    </message>
    <message>
        <source>Looking for what can go</source>
        <translation>Es wird gesucht, was weg kann</translation>
    </message>
    <message>
        <source>Reading how it is started</source>
        <translation>Es wird gelesen, wie sie gestartet wird</translation>
    </message>
    <message>
        <source>Taking the consent back</source>
        <translation>Die Zustimmung wird zurückgenommen</translation>
    </message>
    <message>
        <source>Comparing two revisions</source>
        <translation>Zwei Revisionen werden verglichen</translation>
    </message>
    <message>
        <source>Reading the notices</source>
        <translation>Hinweise werden gelesen</translation>
    </message>
    <message>
        <source>Removing old revisions</source>
        <translation>Alte Revisionen werden entfernt</translation>
    </message>
    <message>
        <source>Checking this machine</source>
        <translation>Dieser Rechner wird geprüft</translation>
    </message>
    <message>
        <source>Repairing</source>
        <translation>Reparatur</translation>
    </message>
    <message>
        <source>Removing</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Keeping a revision for good</source>
        <translation>Revision dauerhaft behalten</translation>
    </message>
    <message>
        <source>Letting a revision go when its time comes</source>
        <translation>Revision nicht länger behalten</translation>
    </message>
    <message>
        <source>Reading the settings</source>
        <translation>Einstellungen werden gelesen</translation>
    </message>
    <message>
        <source>Changing a setting</source>
        <translation>Einstellung wird geändert</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Ausführung</translation>
    </message>
    <message>
        <source>Run…</source>
        <translation>Ausführen…</translation>
    </message>
    <message>
        <source>Queued. {sentence}</source>
        <translation>In der Warteschlange. {sentence}</translation>
    </message>
    <message>
        <source>Queued: waits for another job of this bundle ({job})</source>
        <translation>In der Warteschlange: wartet auf einen anderen Auftrag dieses Bundles ({job})</translation>
    </message>
    <message>
        <source>Queued: waits until another download has ended</source>
        <translation>In der Warteschlange: wartet auf das Ende eines anderen Downloads</translation>
    </message>
    <message>
        <source>Queued: waits for another job ({job})</source>
        <translation>In der Warteschlange: wartet auf einen anderen Auftrag ({job})</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>Wird vorbereitet</translation>
    </message>
    <message>
        <source>Stopping the runtime</source>
        <translation>Die Laufzeit wird gestoppt</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Downloading an update</source>
        <translation>Ein Update wird geladen</translation>
    </message>
    <message>
        <source>Finding out what moving takes</source>
        <translation>Es wird ermittelt, was der Umzug braucht</translation>
    </message>
    <message>
        <source>Reading who is trusted</source>
        <translation>Es wird gelesen, wem vertraut wird</translation>
    </message>
    <message>
        <source>Moving the store</source>
        <translation>Die Ablage wird verschoben</translation>
    </message>
    <message>
        <source>Testing a source</source>
        <translation>Eine Quelle wird getestet</translation>
    </message>
    <message>
        <source>The list could not be read</source>
        <translation>Die Liste konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>The sources could not be asked</source>
        <translation>Die Quellen konnten nicht abgefragt werden</translation>
    </message>
    <message>
        <source>The install was stopped</source>
        <translation>Die Installation wurde angehalten</translation>
    </message>
    <message>
        <source>The update was stopped</source>
        <translation>Die Aktualisierung wurde angehalten</translation>
    </message>
    <message>
        <source>The rollback was stopped</source>
        <translation>Die Rückkehr wurde angehalten</translation>
    </message>
    <message>
        <source>The check found faults</source>
        <translation>Die Prüfung hat Fehler gefunden</translation>
    </message>
    <message>
        <source>The test failed</source>
        <translation>Der Test ist gescheitert</translation>
    </message>
    <message>
        <source>The notice could not be dismissed</source>
        <translation>Der Hinweis konnte nicht ausgeblendet werden</translation>
    </message>
    <message>
        <source>The notice could not be restored</source>
        <translation>Der Hinweis konnte nicht wieder eingeblendet werden</translation>
    </message>
    <message>
        <source>What can go could not be found out</source>
        <translation>Was weg kann, ließ sich nicht feststellen</translation>
    </message>
    <message>
        <source>How it is started could not be read</source>
        <translation>Wie sie gestartet wird, konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>The consent could not be taken back</source>
        <translation>Die Zustimmung konnte nicht zurückgenommen werden</translation>
    </message>
    <message>
        <source>The revisions could not be compared</source>
        <translation>Die Revisionen konnten nicht verglichen werden</translation>
    </message>
    <message>
        <source>The notices could not be read</source>
        <translation>Die Hinweise konnten nicht gelesen werden</translation>
    </message>
    <message>
        <source>Old revisions could not be removed</source>
        <translation>Alte Revisionen konnten nicht entfernt werden</translation>
    </message>
    <message>
        <source>This machine could not be checked</source>
        <translation>Dieser Rechner konnte nicht geprüft werden</translation>
    </message>
    <message>
        <source>The repair was stopped</source>
        <translation>Die Reparatur wurde angehalten</translation>
    </message>
    <message>
        <source>It could not be removed</source>
        <translation>Es konnte nicht entfernt werden</translation>
    </message>
    <message>
        <source>It could not be pinned</source>
        <translation>Sie konnte nicht angeheftet werden</translation>
    </message>
    <message>
        <source>It could not be unpinned</source>
        <translation>Sie konnte nicht losgelöst werden</translation>
    </message>
    <message>
        <source>The settings could not be read</source>
        <translation>Die Einstellungen konnten nicht gelesen werden</translation>
    </message>
    <message>
        <source>The setting could not be changed</source>
        <translation>Die Einstellung konnte nicht geändert werden</translation>
    </message>
    <message>
        <source>The runtime ended</source>
        <translation>Die Runtime hat sich beendet</translation>
    </message>
    <message>
        <source>The runtime could not be stopped</source>
        <translation>Die Laufzeit konnte nicht gestoppt werden</translation>
    </message>
    <message>
        <source>Not all of it was imported</source>
        <translation>Nicht alles wurde importiert</translation>
    </message>
    <message>
        <source>Not all of it was exported</source>
        <translation>Nicht alles wurde exportiert</translation>
    </message>
    <message>
        <source>The update could not be downloaded</source>
        <translation>Das Update konnte nicht geladen werden</translation>
    </message>
    <message>
        <source>The store cannot be moved there</source>
        <translation>Die Ablage kann nicht dorthin verschoben werden</translation>
    </message>
    <message>
        <source>Who is trusted could not be read</source>
        <translation>Wem vertraut wird, konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>The store could not be moved</source>
        <translation>Die Ablage konnte nicht verschoben werden</translation>
    </message>
    <message>
        <source>The source cannot be used</source>
        <translation>Die Quelle ist unbrauchbar</translation>
    </message>
    <message>
        <source>Nothing was changed: no revision of this bundle is active.</source>
        <translation>Nichts wurde geändert: Keine Revision dieses Bundles ist aktiv.</translation>
    </message>
    <message>
        <source>Nothing was changed: {version} is still active.</source>
        <translation>Nichts wurde geändert: {version} ist weiterhin aktiv.</translation>
    </message>
    <message>
        <source>In English: {text}</source>
        <translation>Auf Englisch: {text}</translation>
    </message>
    <message>
        <source>Expected: {text}</source>
        <translation>Erwartet: {text}</translation>
    </message>
    <message>
        <source>Actual: {text}</source>
        <translation>Gefunden: {text}</translation>
    </message>
    <message>
        <source>Error code: {code}</source>
        <translation>Fehlercode: {code}</translation>
    </message>
</context>
<context>
    <name>transfer</name>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import bundles</source>
        <translation>Bundles importieren</translation>
    </message>
    <message>
        <source>Exported bundles (*{suffix})</source>
        <translation>Exportierte Bundles (*{suffix})</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>Already here</source>
        <translation>Schon hier</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Übersprungen</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
</context>
<context>
    <name>tray</name>
    <message>
        <source>{app}: {state}</source>
        <translation>{app}: {state}</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>Fenster zeigen</translation>
    </message>
    <message>
        <source>{name}: {action} to {version}</source>
        <translation>{name}: {action} auf {version}</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>There is a problem to look at</source>
        <translation>Es gibt ein Problem</translation>
    </message>
    <message>
        <source>{job}: {state}</source>
        <translation>{job}: {state}</translation>
    </message>
    <message>
        <source>Update for {names}</source>
        <translation>Update für {names}</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>Nichts zu tun</translation>
    </message>
</context>
<context>
    <name>updates</name>
    <message numerus="yes">
        <source>%n update(s) are downloaded and verified. Make them active?</source>
        <translation>
            <numerusform>%n Update ist geladen und geprüft. Aktivieren?</numerusform>
            <numerusform>%n Updates sind geladen und geprüft. Aktivieren?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n update(s) can be downloaded. What runs now stays as it is.</source>
        <translation>
            <numerusform>%n Update kann geladen werden. Was jetzt läuft, bleibt, wie es ist.</numerusform>
            <numerusform>%n Updates können geladen werden. Was jetzt läuft, bleibt, wie es ist.</numerusform>
        </translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Look for updates now?</source>
        <translation>Jetzt nach Updates suchen?</translation>
    </message>
    <message>
        <source>Look now</source>
        <translation>Jetzt suchen</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Activate</source>
        <translation>Aktivieren</translation>
    </message>
</context>
</TS>
