"""The one page that tells a reader with standard tools only how to check a package."""

GUIDE = """\
如何核验本证据包
================
一、一条命令（Python 3.8 以上、openssl 3）
    python3 verify.py . --trust 可信公钥文件
    可信公钥文件须从本包以外取得：合同约定的日志公钥、对方留存的公钥、见证人的公钥、时间戳机构的 CA 证书。
    包内 data/keys/ 的公钥只供比对，证明不了来源：不给 --trust，结果至多是“不完整 INCOMPLETE”（退出码 1）。最后一行为
    “通过 PASSED”（退出码 0）方为通过；退出码 3 表示不符，2 表示命令有误。另报出有多少条事实只列摘要（未披露）。
    操作系统自己放进目录的 .DS_Store、Thumbs.db、desktop.ini、__MACOSX 等会列出并忽略。

二、不用我们的任何程序
    1. 文件：在本目录运行  sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt ；或 bagit.py --validate .
       国密摘要在 manifest-sm3.txt，可用  openssl dgst -sm3 文件  逐一比对。
    2. 签名：data/log/checkpoint 空行以上（含末尾换行、不含空行）为被签文本；空行以下每行末段 base64 解码后，
       前 4 字节是密钥编号，其余是签名。
       openssl pkeyutl -verify -pubin -inkey data/keys/log.pem -rawin -in 被签文本 -sigfile 签名
       国密签名另加  -digest sm3 -pkeyopt distid:1234567812345678 ，公钥为 data/keys/log-sm2.pem
    3. 事实：data/events.jsonl 每行是一条事实的原始字节（不含换行）。叶哈希 = SHA-256(00 || 该行)，
       按 data/log/inclusion.jsonl 中的路径（每 32 字节一步，base64）依 RFC 9162 第 2.1.3.2 节算到根，
       应等于检查点第三行。每条事实的 prev 是同一合同前一条事实那一行的 SHA-256。
    4. 时间戳（如有）：X.tsr 是对文件 X 的时间戳
       openssl ts -verify -data data/log/checkpoint -in data/log/checkpoint.tsr -CAfile 机构CA证书
    5. 封签：seal.txt 第二行是 tagmanifest-sha256.txt 的 SHA-256，签名方法同上；它把整个包固定下来。

三、本包能证明什么
    检查点签名之后，任何一条事实被改动、增删、调换次序，都会在上述某一步显出不符；最后一条事实是本次导出的
    记录，载明此前的事实条数，尾部被截也会显出。它不证明事实本身为真，只证明何时记录、由谁记录、此后未变。
    report.pdf、catalogue.pdf 由制作本包者生成并封签，以 events.jsonl、conclusions.json 为准；装有本程序的，
    lvyue verify 另由事实重新推出结论、引用的条文和证据清单，逐一比对。
    同一账本的两份证据包，同一合同的事实（data/events.jsonl）应当一份是另一份的开头；不是的，便是日志签了两份历史。

How to verify this package
==========================
1. One command (Python 3.8 or later, openssl 3):   python3 verify.py . --trust KEYS
   KEYS must come from outside this package: the log key named in the contract, or the one the other party holds, the
   witnesses' keys, the time-stamp authority's CA. Keys in data/keys/ are for comparison and prove no origin: without
   --trust the result is INCOMPLETE at best (exit status 1). It has passed when the last line says PASSED (0); 3 means
   it does not match, 2 that the command is wrong. It also says how many facts stand as digests only (not disclosed).
   What operating systems strew (.DS_Store, Thumbs.db, desktop.ini, __MACOSX) is named and set aside.
2. With none of our programs:
   Files: sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt, or bagit.py --validate .
   Signatures: the signed text of a note is all above its last blank line, the final newline included; each line below
   ends in base64(4-byte key id || signature). See the openssl commands above.
   Facts: each line of data/events.jsonl, without its newline, is a leaf; leaf hash = SHA-256(00 || line); follow the
   path in data/log/inclusion.jsonl (32 bytes a step) by RFC 9162 section 2.1.3.2 to the root on the checkpoint's third
   line. `prev` is the SHA-256 of the line of the same contract's fact before.
   Time stamps: X.tsr stamps file X (openssl ts -verify). Seal: line 2 of seal.txt is the SHA-256 of the tag manifest.
3. What it shows: since the checkpoint was signed no fact was altered, added, removed or put in another order; the last
   fact is the record of this export and counts all before it, so a cut end shows. It does not show that a fact is true,
   only when and by whom it was recorded, and that it has not changed since. report.pdf and catalogue.pdf are made and
   sealed by who made the package: events.jsonl and conclusions.json go first. Where our program is installed, lvyue
   verify draws conclusions, words cited and the list of evidence again from the facts and compares them. Of two
   packages of one ledger the one's facts of a contract (data/events.jsonl) begin the other's; if not, the log signed
   two histories.
"""
