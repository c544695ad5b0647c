package world

import "time"

// today are those who signed up this morning, when the autumn season went on
// sale: the first screen of the list, newest first. Whoever looks at it for the
// first time should see that the shop sells everywhere and that people are in
// all the states a person can be in.
//
// Names in wide or combining characters stand apart: the renderer repaints a row
// that holds one at every key, so a screen full of them is slow on a slow link.
func today(now int64) []*person {
	const m = time.Minute
	lines := []line{
		{"Ingrid/Solheim | ingrid.solheim@fjord.example | ingrid.s | google nopassword picture | Bergen, NO | nb-NO", 3 * m, 3 * m, 1 * m},
		{"José/Núñez | jose.nunez@mail.example | | totp backup | Valencia, ES | es-ES", 8 * m, 8 * m, 2 * m},
		{"王小明/ | xiaoming.wang@postbox.example | xm.wang | passkey picture | Tainan, TW | zh-TW", 15 * m, 14 * m, 4 * m},
		{"Siobhán/O'Brien | siobhan.obrien@letters.example | | google | Cork, IE | en-IE", 21 * m, 21 * m, 9 * m},
		{"Łukasz/Żak | lukasz.zak@mail.example | lzak | totp backup | Gdańsk, PL | pl-PL", 27 * m, 27 * m, 5 * m},
		{"Adaeze/Nwosu | adaeze.nwosu@mail.example | | unverified | Lagos, NG | en-NG", 34 * m, 0, 0},
		// the eighth is Maya Okafor
		{"محمد/علي | m.ali@postbox.example | | apple nopassword | Alexandria, EG | ar-EG", 88 * m, 87 * m, 31 * m},
		{"Beatriz/Magalhães | beatriz.m@inbox.example | bea.magalhaes | google totp picture | Recife, BR | pt-BR", 96 * m, 95 * m, 44 * m},
		{"/ | | | phoneonly tel:415-0188 | Seattle, US | ", 105 * m, 105 * m, 102 * m},
		{"Dušan/Krčméry | dusan.krcmery@kite.example | | banned | Košice, SK | sk-SK", 124 * m, 123 * m, 121 * m},
		{"Priscilla/Owusu-Ansah | p.owusu@mail.example | | google nopassword | Accra, GH | en-GH", 133 * m, 133 * m, 71 * m},
		{"Оксана/Шевченко | oksana.shevchenko@postbox.example | oksana_sh | sms tel:415-0126 | Odesa, UA | uk-UA", 141 * m, 140 * m, 18 * m},
		{"Rhys/Llewellyn | rhys@letters.example | | locked:12 | Cardiff, GB | en-GB", 152 * m, 150 * m, 49 * m},
		// here comes Elin Berg
		{"Giovanni/Passalacqua | giovanni.p@oldtown.example | | totp backup | Genoa, IT | it-IT", 188 * m, 188 * m, 90 * m},
		{"Zsófia/Szűcs | zsofia.szucs@mail.example | zsofi.sz | google picture | Szeged, HU | hu-HU", 196 * m, 196 * m, 33 * m},
		{"Thandiwe/Dlamini | thandiwe.d@mail.example | thandi.d | totp backup picture | Durban, ZA | en-ZA", 214 * m, 213 * m, 58 * m},
		{"Noémie/d'Aubigné | noemie.daubigne@letters.example | | google nopassword | Lyon, FR | fr-FR", 226 * m, 226 * m, 140 * m},
		{"נועה/כהן | noa.cohen@mail.example | noa.c | passkey sms tel:415-0151 | Haifa, IL | he-IL", 239 * m, 238 * m, 77 * m},
		{longFirst + "/" + longLast + " | wilhelmina.lippe@campus.example | | totp | Graz, AT | de-AT", 251 * m, 250 * m, 201 * m},
		{"Bogdan/Ionescu | bogdan.ionescu@mail.example | bogdan.i | forever totp | Cluj, RO | ro-RO", 263 * m, 262 * m, 119 * m},
		// here comes the youngest Sam Carter
		{"Şebnem/Yılmaz | sebnem.yilmaz@inbox.example | | apple totp backup | İzmir, TR | tr-TR", 282 * m, 281 * m, 96 * m},
		{"Wei Ling/Tan | weiling.tan@mail.example | wl.tan | google picture | Penang, MY | en-MY", 295 * m, 294 * m, 147 * m},
		{"Kaisa/Hämäläinen | kaisa.h@tessera.example | | sso org:tessera-events | Turku, FI | fi-FI", 306 * m, 305 * m, 66 * m},
		{"Ελένη/Γεωργίου | eleni.georgiou@postbox.example | eleni.g | totp backup | Patras, GR | el-GR", 318 * m, 317 * m, 230 * m},
		{"Joaquín/Salcedo | j.salcedo@mail.example | | compromised | Rosario, AR | es-AR", 331 * m, 330 * m, 266 * m},
		{"Harper/Winslow | harper.winslow@mail.example | hwinslow | wallet totp passkey | Portland, US | en-US", 357 * m, 356 * m, 39 * m},
		{"Quỳnh/Nguyễn | quynh.nguyen@postbox.example | | google sms tel:415-0163 | Đà Nẵng, VN | vi-VN", 371 * m, 370 * m, 188 * m},
		{"Babajide/Adeyemi | babajide.a@kite.example | | banned google | Lagos, NG | en-NG", 386 * m, 385 * m, 380 * m},
		{"Þórdís/Guðmundsdóttir | thordis@fjord.example | thordis.g | totp backup picture | Akureyri, IS | is-IS", 402 * m, 401 * m, 174 * m},
		{"Aarav/Mehta | aarav.mehta@mail.example | | microsoft nopassword | Jaipur, IN | en-IN", 419 * m, 418 * m, 299 * m},
		{"شیرین/کریمی | shirin.karimi@letters.example | shirin.k | google totp | Shiraz, IR | fa-IR", 436 * m, 435 * m, 208 * m},
		{"Fenna/van der Meer | fenna.vdm@mail.example | | unverified | Utrecht, NL | nl-NL", 455 * m, 0, 0},
		{"Тарас/Мельник | taras.melnyk@inbox.example | taras.m | passkey | Odesa, UA | uk-UA", 474 * m, 473 * m, 241 * m},
		{"Chloe/Ostrander | chloe.ostrander@northwind.example | | sso org:northwind-stage | Boston, US | en-US", 493 * m, 492 * m, 132 * m},
		{"佐藤 美咲/ | misaki.sato@mail.example | misaki.s | passkey totp backup | Sendai, JP | ja-JP", 530 * m, 529 * m, 12 * m},
		{"Caetano/Figueiredo | caetano.f@postbox.example | caetano.f | google totp picture | Porto, PT | pt-PT", 514 * m, 513 * m, 315 * m},
		{"Mei/Lim 陳 | mei.lim@mail.example | meilim | passkey github | Singapore, SG | en-SG", 1090 * m, 1088 * m, 62 * m},
		{"Անահիտ/Պետրոսյան | anahit.p@mail.example | | totp backup | Gyumri, AM | hy-AM", 536 * m, 535 * m, 402 * m},
		{"अनन्या/देशपांडे | ananya.deshpande@inbox.example | ananya.d | google totp | Pune, IN | mr-IN", 2010 * m, 2009 * m, 25 * m},
		{"ณัฐวุฒิ/ศรีสุข | nattawut.srisuk@inbox.example | nattawut.s | google nopassword | Chiang Mai, TH | th-TH", 2420 * m, 2419 * m, 83 * m},
		{"김민준/ | minjun.kim@postbox.example | | never | Busan, KR | ko-KR", 1570 * m, 0, 0},
	}
	return tellAll(lines, now)
}

// A name of sixty letters, and of few that a column could spare.
const (
	longFirst = "Wilhelmina Alexandrina Friederike"
	longLast  = "von Hohenlohe-Langenburg zu Lippe"
)

// mayas are why one types more than "maya".
func mayas(now int64) []*person {
	return tellAll([]line{
		{"Maya/Lindqvist | m.lindqvist@mail.example | | totp backup | Gothenburg, SE | sv-SE", 31 * day, 4 * day, 2 * time.Hour},
		{"Amaya/Torres | amaya.torres@pine.example | amaya.t | picture | Medellín, CO | es-CO", 97 * day, 5 * day, 26 * time.Hour},
		{"Maya/Brandt | mbrandt@northwind.example | | banned | Leipzig, DE | de-DE", 164 * day, 13 * day, 12 * day},
		{"Ismaya/Chen 陳 | i.chen@harborpine.example | ismaya | totp | Xiamen, CN | zh-TW", 301 * day, 9 * day, 6 * day},
		{"Maya/Haddad | maya.h@tessera.example | | sso passkey org:tessera-events | Rabat, MA | ar-MA", 466 * day, 8 * day, 5 * day},
		{"Maya/Sørensen | sorensen@fjord.example | | never | Aarhus, DK | da-DK", 590 * day, 0, 0},
	}, now)
}

func tellAll(lines []line, now int64) []*person {
	all := make([]*person, len(lines))
	for i, l := range lines {
		all[i] = l.tell(now)
	}
	return all
}
