package sandbox

var digestsFromElsewhere = map[string]string{
	"argon2id":             "$argon2id$v=19$m=19456,t=2,p=1$aGFyYm9yLWFuZC1waW5lIQ$J34lWFibA/p8HT4vTSjhaR119Hi0/on/Yb2ldYv7+6o",
	"pbkdf2_sha256":        "pbkdf2_sha256$1000$c2FsdHNhbHRzYWx0c2FsdA==$iPe6GuP2MOpl5iPzwWOp70akat1rZ8ivsg1OCnmaDME=",
	"pbkdf2_sha256_django": "pbkdf2_sha256$1000$djangosalt$esCMQz9Gp75PVMoYsqwKtZzz/KreshoLDTQ+Cq9ZrN4=",
	"pbkdf2_sha1":          "pbkdf2_sha1$1000$salt$157d7b42d81b62e18de6860ffb4e247191abe5e7",
	"pbkdf2_sha512":        "pbkdf2_sha512$1000$c2FsdHNhbHRzYWx0c2FsdA==$cXP8BjT7Z0E9zHAHbu+ArFzQOzVZ/2HKjrh5BpRY0ujCgl23T6YSWFlfAeYr+4bvFUZ/RfHMl4mW6WXvSVj1Zg==",
	"pbkdf2_sha512_hex":    "pbkdf2_sha512$1000$73616c7473616c7473616c7473616c74$7173fc0634fb67413dcc70076eef80ac5cd03b3559ff61ca8eb879069458d2e8c2825db74fa61258595f01e62bfb86ef15467f45f1cc978996e965ef4958f566",
	"md5":                  "178a4482c35f7cab95ef41bdd36d023d",
	"sha256":               "017fcbf140e94fa068664d968af08fdf1bd66086d5cdf2d3516417c74e360ef8",
	"ldap_ssha":            "{SSHA}NL+6zyHKY5jkNmB787GRQWE72w9wZXBwZXIxMg==",
	"scrypt_werkzeug":      "scrypt:1024:8:1$werksalt$6f99d273a6863cc16b60206899bf1be77152d7a78f244b27e84422131f10046611f1d38b60a5ff70fd1c48952f841da52f29e35b3c5049a9e770ba2ab76368ca",
	"bcrypt":               "$2b$04$abcdefghijklmnopqrstuuo.UMLUmLXOe3WKvJG9d5DS9Fez4j1YS",
}
