/** The form the tests fill: a house, its members, a choice list from a file, guidance, a photo. */
export const HOUSE = `<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa"
  xmlns:orx="http://openrosa.org/xforms" xmlns:odk="http://www.opendatakit.org/xforms" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
<h:head><h:title>บ้าน</h:title><model odk:xforms-version="1.0.0">
<itext>
 <translation lang="English (en)"><text id="/data/income:label"><value>Income</value></text>
  <text id="water-0"><value>Tap</value></text><text id="water-1"><value>Well</value></text><text id="/data/income:hint"><value>Baht a month</value><value form="guidance">Ask gently</value></text></translation>
 <translation lang="ไทย (th)" default="true()"><text id="/data/income:label"><value>รายได้</value></text>
  <text id="water-0"><value>ประปา</value></text><text id="water-1"><value>บ่อ</value></text><text id="/data/income:hint"><value>บาทต่อเดือน</value><value form="guidance">ถามอย่างนุ่มนวล</value></text></translation>
</itext>
<instance><data id="house" version="1"><household_key/><visited_on/><income/><village/><photo/><water/><members jr:template=""><person_key/><given_name/><birth_date/><note_day/></members>
 <members><person_key/><given_name/><birth_date/><note_day/></members><people/><meta><instanceID/><instanceName/></meta></data></instance>
<instance id="waters"><root><item><itextId>water-0</itextId><name>tap</name></item><item><itextId>water-1</itextId><name>well</name></item></root></instance>
<instance id="villages" src="jr://file-csv/villages.csv"/>
<bind nodeset="/data/household_key" type="string"/>
<bind nodeset="/data/visited_on" type="date"/>
<bind nodeset="/data/income" type="int" required="true()" constraint=". &gt;= 0" jr:constraintMsg="ต้องไม่ติดลบ"/>
<bind nodeset="/data/village" type="string"/>
<bind nodeset="/data/photo" type="binary" odk:max-pixels="800"/>
<bind nodeset="/data/members/person_key" type="string"/>
<bind nodeset="/data/members/given_name" type="string" required="true()"/>
<bind nodeset="/data/members/birth_date" type="string"/>
<bind nodeset="/data/members/note_day" type="date"/>
<bind nodeset="/data/people" type="int" calculate="count(/data/members)"/>
<bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/>
<bind nodeset="/data/meta/instanceName" type="string" calculate="concat('บ้านของ ', /data/members[1]/given_name)"/>
<setvalue event="odk-instance-first-load" ref="/data/visited_on" value="string('2026-11-21')"/>
</model></h:head>
<h:body>
<input ref="/data/visited_on"><label>วันที่เยี่ยม</label></input>
<input ref="/data/income"><label ref="jr:itext('/data/income:label')"/><hint ref="jr:itext('/data/income:hint')"/></input>
<select1 ref="/data/village"><label>หมู่บ้าน</label><itemset nodeset="instance('villages')/root/item"><value ref="name"/><label ref="label"/></itemset></select1>
<select ref="/data/water"><label>น้ำ</label><itemset nodeset="instance('waters')/root/item"><value ref="name"/><label ref="jr:itext(itextId)"/></itemset></select>
<upload ref="/data/photo" mediatype="image/*"><label>ภาพบ้าน</label></upload>
<group ref="/data/members"><label>สมาชิก</label><repeat nodeset="/data/members">
 <input ref="/data/members/given_name"><label>ชื่อ</label></input>
 <input ref="/data/members/birth_date" appearance="partial-date"><label>วันเกิด</label></input>
 <input ref="/data/members/note_day"><label>วันที่</label></input>
 <setvalue event="odk-instance-first-load odk-new-repeat" ref="/data/members/note_day" value="string('2026-11-20')"/>
</repeat></group>
</h:body></h:html>`;

export const VILLAGES = "name,label\n1,บ้านเหนือ\n2,บ้านใต้\n";
