"""What a secret looks like in a text."""

import re
from base64 import b64decode
from binascii import Error as NotBase64

_MASK = r"(?:true|false|null|none|nil|undefined|\*+|\W?redacted\W?)"  # nothing to hide
_SCHEME = r"(?:bearer|basic|token|apikey|digest|negotiate)"
_WORD = (
    r"(?:passw(?:or)?d|passphrase|pwd|secret|token|credentials?"
    r"|(?:api|access|secret|private|account)[-_.\ ]?key)"
)
_AUTHORIZATION = r"authorization\\*[\"']?\s{0,3}"
_PLAIN = r"[^\s\"'&;,)}\]>\\]+"
_IS = r"\s{0,3}[:=]\s{0,3}"
_NO_PROSE = r"(?=[^\s,;\"']*[^\sA-Za-z,;.\"'])"  # "token: expired" is a sentence
# issuer's prefix and length; not within a longer run of digits, a fraction or an identifier
_CARD = r"""(?=[2-6]\d{3})(?:(?<![\w.+-])|(?<=\\[nrt]))(?<!\d\ )(?P<card>
  (?:4\d{3}|5[1-5]\d\d|2[2-7]\d\d|6011|64[4-9]\d|65\d\d|35[2-8]\d)
    (?P<gap>[ -]?)\d{4}(?:(?P=gap)\d{4}){2}
  |3[47]\d\d[ -]?\d{6}[ -]?\d{5}
  |3(?:0[0-5]|[68]\d)\d[ -]?\d{6}[ -]?\d{4}
)(?![ -]?\d|\.\d|\w)"""

PLACEHOLDER = r"\[(?:secret|email|card|userinfo):[0-9a-f]{8}\]"
_NEW = rf"(?!{PLACEHOLDER}|(?i:{_MASK})(?:[\s\"',;&)\]}}\\]|$))"

# Every alternative has one named group, the part to take out; its name up to "__" is the rule it
# is counted under. Lengths are limited where a run could be scanned again and again.
SECRETS = re.compile(
    rf"""
      {PLACEHOLDER}                                                  # ours: leave it
    | (?i:(?:trace|span)[-_.]?id)\\*["']?{_IS}\\*["']?[0-9A-Fa-f-]+  # digits, but no card
    | (?P<private_key>-----BEGIN\ [A-Z ]{{0,20}}PRIVATE\ KEY-----
        (?s:.*?)(?:-----END\ [A-Z ]{{0,20}}PRIVATE\ KEY-----|\Z))
    | (?i:{_AUTHORIZATION}[:=]\s{{0,3}}\\*["']?(?:digest|aws4-hmac-sha256)\s+)
        (?P<authorization__many>{_NEW}[^\r\n\\]+)
    | (?i:{_AUTHORIZATION}[:=]\s{{0,3}}\\*["']?{_SCHEME}\s+)(?P<authorization>{_NEW}{_PLAIN})
    | (?i:{_AUTHORIZATION}(?:=\s{{0,3}}|:\s{{0,3}}(?=["'\\])|:\s{{0,3}}{_NO_PROSE})\\*["']?)
        (?!(?i:{_SCHEME})\s)(?P<authorization__bare>{_NEW}{_PLAIN})
    | (?i:cookies?\\*["']?{_IS}\\*["']?)
        (?P<cookie>{_NEW}[^\s=;,"'\\]+=[^\s;,"'\\]*(?:;\s*[^\s=;,"'\\]+(?:=[^\s;,"'\\]*)?)*)
    | (?i:{_WORD}"{_IS}")(?P<secret__json>{_NEW}(?:[^"\\]|\\.)+)
    | (?i:{_WORD}\\+"{_IS}\\+")(?P<secret__escaped>{_NEW}(?:(?!\\+")[^\r\n]){{1,512}})
    | (?i:{_WORD}["']?\s{{0,3}}(?:=>?|:)\s{{0,3}}["'])(?P<secret__quoted>{_NEW}[^"'\r\n]+)
    | (?i:{_WORD}["']?(?:\s{{0,3}}=>?\s{{0,3}}|:))(?P<secret>{_NEW}{_PLAIN})
    | (?i:{_WORD}["']?\s{{0,3}}:\s{{1,3}}){_NO_PROSE}(?P<secret__spaced>{_NEW}{_PLAIN})
    | (?i:\bbearer\s+)(?P<bearer>(?=\S*\d|\S{{24}})[\w.~+/=-]{{8,}})
    | (?i:\bbasic\s+)(?P<basic>[A-Za-z0-9+/]{{8,}}={{0,2}})
    | (?<![\w-])(?P<jwt>eyJ[\w-]{{8,}}\.[\w-]{{8,}}(?:\.[\w-]*){{0,3}})
    | (?<=://)(?P<userinfo>(?!{PLACEHOLDER}@)[^/\s"'<>?\#]{{1,256}})@
    | (?<![A-Za-z0-9])(?P<access_key>(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{{16}}
        |gh[opsu]_[A-Za-z0-9]{{36}}|xox[abprs]-[A-Za-z0-9-]{{10,}}|[rs]k_live_[A-Za-z0-9]{{16,}}
      )(?![A-Za-z0-9])
    | (?<![\w.%+-])(?P<email>[\w.%+-]{{1,64}}
        @(?:[A-Za-z0-9-]{{1,63}}\.){{1,8}}[A-Za-z]{{2,24}})(?!\w)
    | {_CARD}
    """,
    re.VERBOSE,
)

# Anything SECRETS can find, but a card, holds one of these; looked for in bytes, in lower case.
SIGNS = re.compile(
    rb"@(?!timestamp\")|eyj|a(?:kia|sia|roa|ida)|gh[opsu]_|xox|k_live_|-----begin|b(?:earer|asic)"
    rb"|p(?:assw|assphrase|wd|rivate[-_. ]?key)|secret|token|c(?:redential|ookie)"
    rb"|a(?:pi|ccess|ccount)[-_. ]?key|authorization"
)
CARDS = re.compile(_CARD.encode(), re.VERBOSE)

SECRET_KEY = re.compile(rf"(?i:{_WORD}|authorization|cookies?)$", re.VERBOSE)
# the value under such a key: what stands around the secret, and what needs no hiding
WRAPPED = re.compile(rf'(?is)(\[?\\*"?(?:{_SCHEME}\s+)?)(.+?)(\\*"?\]?)')
HARMLESS = re.compile(rf'(?i)\s*|{_MASK}|\[?\\*"?(?:{_SCHEME}\s+)?{PLACEHOLDER}\\*"?\]?')


def digits_of(card: str) -> str:
    return card.replace(" ", "").replace("-", "")


def is_card(text: str) -> bool:
    """Luhn's check sum."""
    digits = map(int, digits_of(text)[::-1])
    doubled = [digit * (2 if place % 2 else 1) for place, digit in enumerate(digits)]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def is_basic(text: str) -> bool:
    """Whether it is user:password in base 64, and not a word after "basic"."""
    try:
        return b":" in b64decode(text, validate=True)
    except NotBase64:
        return False
