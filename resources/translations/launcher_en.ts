<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ComparisonDialog</name>
    <message numerus="yes">
        <source>%n added</source>
        <translation>
            <numerusform>%n added</numerusform>
            <numerusform>%n added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n removed</source>
        <translation>
            <numerusform>%n removed</numerusform>
            <numerusform>%n removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n the same</source>
        <translation>
            <numerusform>%n the same</numerusform>
            <numerusform>%n the same</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DiskCard</name>
    <message numerus="yes">
        <source>{size} in %n bundle(s); large files that revisions share are on the disk once.</source>
        <translation>
            <numerusform>{size} in %n bundle; large files that revisions share are on the disk once.</numerusform>
            <numerusform>{size} in %n bundles; large files that revisions share are on the disk once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) that nobody needs any more, {size}</source>
        <translation>
            <numerusform>%n download that nobody needs any more, {size}</numerusform>
            <numerusform>%n downloads that nobody needs any more, {size}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>%n revision(s), at most {size}</source>
        <translation>
            <numerusform>%n revision, at most {size}</numerusform>
            <numerusform>%n revisions, at most {size}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilesSection</name>
    <message numerus="yes">
        <source>All %n revision(s): {total}; large files that they share are on the disk once.</source>
        <translation>
            <numerusform>All %n revision: {total}; large files that they share are on the disk once.</numerusform>
            <numerusform>All %n revisions: {total}; large files that they share are on the disk once.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message numerus="yes">
        <source>Filter (%n)</source>
        <translation>
            <numerusform>Filter (%n)</numerusform>
            <numerusform>Filter (%n)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NoticeArea</name>
    <message numerus="yes">
        <source>%n catalog(s) were refused. {message}</source>
        <translation>
            <numerusform>%n catalog was refused. {message}</numerusform>
            <numerusform>%n catalogs were refused. {message}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RoomOffer</name>
    <message numerus="yes">
        <source>Remove %n old revision(s) ({size}) and try again</source>
        <translation>
            <numerusform>Remove %n old revision ({size}) and try again</numerusform>
            <numerusform>Remove %n old revisions ({size}) and try again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n old download(s) ({size}) and try again</source>
        <translation>
            <numerusform>Remove %n old download ({size}) and try again</numerusform>
            <numerusform>Remove %n old downloads ({size}) and try again</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RuntimesScreen</name>
    <message numerus="yes">
        <source>%n revision(s) go, {size}. It can be installed again while its source offers it.</source>
        <translation>
            <numerusform>%n revision of {size} is deleted. It can be installed again while its source offers it.</numerusform>
            <numerusform>%n revisions of {size} are deleted. It can be installed again while its source offers it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>health</name>
    <message numerus="yes">
        <source>{trusted} of %n installed bundle(s) are signed by a key that this machine trusts.</source>
        <translation>
            <numerusform>{trusted} of %n installed bundle is signed by a key that this machine trusts.</numerusform>
            <numerusform>{trusted} of %n installed bundles are signed by a key that this machine trusts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n carry no signature.</source>
        <translation>
            <numerusform>%n carries no signature.</numerusform>
            <numerusform>%n carry no signature.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were refused.</source>
        <translation>
            <numerusform>%n was refused.</numerusform>
            <numerusform>%n were refused.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>until {date}, for %n more day(s)</source>
        <translation>
            <numerusform>until {date}, for %n more day</numerusform>
            <numerusform>until {date}, for %n more days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>move</name>
    <message numerus="yes">
        <source>%n file(s), {size}.</source>
        <translation>
            <numerusform>%n file, {size}.</numerusform>
            <numerusform>%n files, {size}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>outcome</name>
    <message numerus="yes">
        <source>%Ln file(s) ({size}) were verified before the switch.</source>
        <translation>
            <numerusform>%Ln file ({size}) was verified before the switch.</numerusform>
            <numerusform>%Ln files ({size}) were verified before the switch.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read again and compared, in all revisions: %Ln file(s), {size}.</source>
        <translation>
            <numerusform>Read again and compared, in all revisions: %Ln file, {size}.</numerusform>
            <numerusform>Read again and compared, in all revisions: %Ln files, {size}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more; the log has them all</source>
        <translation>
            <numerusform>and %Ln more; the log has them all</numerusform>
            <numerusform>and %Ln more; the log has them all</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quantities</name>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quit</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>updates</name>
    <message numerus="yes">
        <source>%n update(s) are downloaded and verified. Make them active?</source>
        <translation>
            <numerusform>%n update is downloaded and verified. Make it active?</numerusform>
            <numerusform>%n updates are downloaded and verified. Make them active?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n update(s) can be downloaded. What runs now stays as it is.</source>
        <translation>
            <numerusform>%n update can be downloaded. What runs now stays as it is.</numerusform>
            <numerusform>%n updates can be downloaded. What runs now stays as it is.</numerusform>
        </translation>
    </message>
</context>
</TS>
