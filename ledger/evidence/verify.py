#!/usr/bin/env python3
"""核验履约证据包 Verify a lvyue evidence package:   python3 verify.py PACKAGE --trust KEYS
PACKAGE: 证据包，zip 文件或已解开的目录。The zip file, or the folder unpacked from it.
KEYS: 从别处（不是从本包）取得的公钥，每行一个 name+id+base64，停用的带 retired 条数 树根，可附时间戳机构 CA 证书；文件或目录。
  Public keys got elsewhere, retired ones with the size and root signed last, and the time-stamp authority's CA (PEM). 包内的公钥证明不了来源：不给则不完整。Without it the result is INCOMPLETE at best.
退出码 exit status: 0 通过 passed, 1 有未能核对之处 incomplete, 2 用法 usage, 3 不符 FAILED.
只需 Python 3.8 以上，验签另需 openssl 3；每个摘要都从原始字节重算。No stored digest is trusted: all is recomputed.
"""
import argparse, base64, hashlib, json, pathlib, re, shutil, stat, subprocess, sys, tempfile, zipfile

ED25519, WITNESS, SM2 = b"\x01", b"\x04", b"\xfflvyue/sm2-sm3"  # 密钥类型 key types (C2SP signed-note); SM2 is ours
DER = {ED25519: "302a300506032b6570032100", SM2: "3059301306072a8648ce3d020106082a811ccf5501822d034200"}
KEY = r"^([^\s+]+)\+[0-9a-f]{8}\+(\S+)(?: retired (\d+) (\S+))?$"
STREWN = r"(?i)(.*/)?(\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini|__MACOSX|__pycache__)(/.*)?\Z"  # 操作系统自己放进来的
strewn = lambda name: bool(re.match(STREWN, name, re.S))  # what an operating system strews by itself
decoded = lambda data: data.decode("utf-16" if b"\0" in data else "utf-8-sig")  # 记事本可能加的 as Notepad may write it
class NoPackage(ValueError): "为何不是证据包，中英文 why it is no package, in both languages"

def trusted(path):  # 一个 --trust 的全文 the text of one --trust, whatever system wrote it; ArgumentTypeError
    path = pathlib.Path(path)
    try:
        files = sorted(f for f in path.iterdir() if f.is_file() and not strewn(f.name)) if path.is_dir() else [path]
        lines = [line for file in files for line in decoded(file.read_bytes()).splitlines()]
    except (OSError, ValueError):
        lines = []
    if not any(re.match(KEY + "|-----BEGIN CERT", line) for line in lines):
        raise argparse.ArgumentTypeError("不存在、读不了，或其中没有公钥 not there, not readable, or without a public key: %s" % path)
    return "\n".join(lines) + "\n"
def vkeys(text):  # {(名, 编号): (公钥, 停用者最后所签)} {(name, id): (key, (size, root) of what a retired one signed last)}
    found = [(name, base64.b64decode(key), size and (int(size), base64.b64decode(root))) for name, key, size, root in re.findall(KEY, text, re.M)]
    return {(name, hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]): (key, last) for name, key, last in sorted(found, key=lambda one: bool(one[2]))}

def open_package(path):  # 文件名 -> 打开它的函数，不解压到磁盘 file name -> a function that opens it; nothing is unpacked
    if path.is_dir():
        files = {f.relative_to(path).as_posix(): lambda f=f: f.open("rb") for f in path.rglob("*") if f.is_symlink() or not f.is_dir()}
        odd = [name for name in files if path.joinpath(name).is_symlink() or not path.joinpath(name).is_file()]
    else:
        archive = zipfile.ZipFile(path) if path.is_file() else None
        found = {entry: entry.filename.partition("/")[2] for entry in archive.infolist() if not entry.is_dir()}
        found.update((entry, entry.filename) for entry in found if strewn(entry.filename))
        odd = [name for entry, name in found.items() if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG)]
        files = {name: lambda e=entry: archive.open(e) for entry, name in found.items()}
        if len(files) < len(found) or sum(e.file_size for e in found) > (64 << 20) + 100 * path.stat().st_size or min((e.header_offset for e in archive.infolist()), default=0):
            raise NoPackage("重名，展开后过大，或开头另有内容 a name twice, too much to unpack, or something before the files")
    odd += [name for name in files if not re.match(r"[\w+-][\w.+-]*(/[\w+-][\w.+-]*)*\Z", name, re.A)]
    for name in (name for name in odd if not strewn(name)):  # 链接、管道、设备 links, pipes and devices
        raise NoPackage("路径不安全，或不是普通文件 unsafe path, or no regular file: " + ascii(name))
    files["bagit.txt"]().close()  # 不是证据包、加了密等在此显出 no package, or encrypted: it shows here
    return files
node = lambda left, right: hashlib.sha256(b"\1" + left + right).digest()
def roots(first, size, old, path, leaf=b""):  # RFC 9162 2.1.4: (前 first 片叶的根, 全部 size 片叶的根) of the first leaves, of all
    bottom = 1 if leaf else first  # 2.1.3: 有 leaf 时是第 first 片叶的路径 with a leaf it is the path of that leaf, the first-th
    if size == bottom or not path:
        return (leaf or old or path,) * 2 if size == bottom and len(path) == (0 if leaf or old else 32) else (b"", b"")
    left, rest, step = 1 << (size - 1).bit_length() - 1, path[:-32], path[-32:]  # 左边满二叉 the left half is full
    old, new = roots(first, left, old, rest, leaf) if first <= left else roots(first - left, size - left, b"", rest, leaf)
    return (old, node(new, step)) if first <= left else (node(step, old), node(step, new))

def openssl(command, **files):  # 没有 openssl 时答复为空 what openssl says about these files; "" without openssl
    with tempfile.TemporaryDirectory() as folder:
        any(pathlib.Path(folder, name).write_bytes(data) < 0 for name, data in files.items())
        run = subprocess.run if shutil.which("openssl") else lambda *_, **__: subprocess.CompletedProcess([], 1, b"")
        return run(["openssl"] + command.split(), cwd=folder, stdout=-1, stderr=-2).stdout.decode("latin-1")

class Verification:
    def __init__(self, files, trust):
        self.aside, self.files = sorted(filter(strewn, files)), {n: f for n, f in files.items() if not strewn(n)}
        self.failed, self.unchecked, self.keys, self.facts, self.bodies, self.trust = [], [], {}, [], {}, trust
        self.past, self.by = set(), {}  # 只可签较早检查点的密钥；各由哪个日志密钥所签 keys for earlier checkpoints only; who signed what
        for part in (self.check_keys, self.check_files, self.check_log, self.check_streams, self.check_the_rest):
            try:
                part()
            except Exception:  # 读不懂之处都算不符 whatever cannot be read counts against the package
                self.check(False, self.reading, "缺失或损坏，无法核对 missing or damaged, and cannot be checked")
        self.withheld = len(self.facts) - len(self.bodies)

    def read(self, name):
        self.reading = name
        with self.files[name]() as file:
            return file.read()
    def digest(self, name, algorithm="sha256"):
        return hashlib.new(algorithm, self.read(name)).hexdigest()
    def check(self, good, what, why):
        if not good:  # False: 不符; None: 未能核对 could not be checked
            (self.unchecked if good is None else self.failed).append("%s: %s" % (what, why))
        return good
    def within(self, what, size, root):  # 若签它的密钥已停用 if its key is retired: None 早于其最后所签 before its last, False 超出 beyond
        last = self.keys.get(self.by.get(what), (b"", ""))[1] or (size, root)
        return (size, root) == last or (None if size < last[0] else False)
    def signed(self, what, data, by_log=False):  # 验 C2SP 签名文本，返回各行：已知密钥的签名都须成立，且须有日志自己的。Lines by unknown keys are ignored.
        text, _, lines = data.decode().rpartition("\n\n")
        signatures = [(name, base64.b64decode(blob)) for name, blob in re.findall("^— (\\S+) (\\S+)$", lines, re.M)]
        plain = ("— %s %s\n" % (name, base64.b64encode(blob).decode()) for name, blob in signatures)
        self.check(lines == "".join(plain), what, "签名行格式不规范 signature lines are not canonical")
        for name, blob in signatures:
            key, value, message = self.keys.get((name, blob[:4]), (b"", ""))[0], blob[4:], text.encode() + b"\n"
            for kind in (kind for kind in (ED25519, WITNESS, SM2) if key.startswith(kind)):
                if kind == WITNESS:  # 见证人签的是何时见过它 a witness signs the moment it saw it (cosignature/v1)
                    message, value = b"cosignature/v1\ntime %d\n" % int.from_bytes(value[:8], "big") + message, value[8:]
                said = openssl("pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in text -sigfile signature" +
                               " -digest sm3 -pkeyopt distid:1234567812345678" * (kind == SM2), text=message,
                               signature=value, key=bytes.fromhex(DER.get(kind, DER[ED25519])) + key[len(kind):])
                good = "Verified Successfully" in said or (False if "Verification Failure" in said else None)
                self.check(good, what, "签名不成立或无从核验 signature of %s not verified" % name)
                if kind == ED25519 and name == text.split()[0] and good is not False and (by_log is None or (name, blob[:4]) not in self.past):
                    by_log, self.by[what] = True, (name, blob[:4])
        self.check(by_log, what, "没有可信日志密钥的签名 not signed by a trusted key of the log")
        return text.split("\n")
    def check_keys(self):
        self.keys.update(vkeys(self.trust))
        inside = vkeys(self.read("data/keys/keys.txt").decode())
        if not self.check(self.keys or None, "--trust", "没有可信公钥；包内的公钥证明不了来源，任何人都能造出这样的包 no key: those inside prove nothing"):
            self.keys.update(inside)
        said = [json.loads(line)["data"]["statement"] for line in self.read("data/events.jsonl").splitlines() if line.startswith(b'{"type":"LogKeyRotated.')]
        said = [((old[0], base64.b64decode(old[1])[:4]), one) for one in said for old in re.findall("^— (\\S+) (\\S+)$", one, re.M)[:1]]
        for who, one in said[::-1]:  # 可信密钥所接替的旧密钥，只可签较早的检查点 whom a trusted key followed may sign earlier checkpoints only
            if who in inside and who not in self.keys and set(vkeys(one)) & set(self.keys):
                self.past.add(who) or self.keys.update({who: inside[who]})
        for who, one in said:  # 旧密钥签名声明新密钥；已停用的不再声明 the old key names the new one; a retired one names nobody
            self.signed("LogKeyRotated", one.encode(), None if who in self.past else False)
            self.keys = {**({} if who in self.past or self.keys.get(who, (b"", "未知"))[1] else vkeys(one)), **self.keys}
    def check_files(self):  # 封签 -> 标签清单 -> 各清单 -> 各文件；清单若被改动，不据它责怪文件。An altered list blames no file.
        seal, tags = self.read("seal.txt"), "tagmanifest-sha256.txt"
        known = {tags: self.signed("seal.txt", seal)[1]}
        self.check(seal.count(b"\n") == 5, "seal.txt", "应为三行与一个签名 three lines and one signature are wanted")
        data = {name for name in self.files if name.startswith("data/")}
        for listing, algorithm in ((tags, "sha256"), ("manifest-sha256.txt", "sha256"), ("manifest-sm3.txt", "sm3")):
            covered = set(self.files) - data - {tags, "seal.txt"} if listing == tags else data
            sound = self.check(self.digest(listing) == known.get(listing), listing, "被改动 altered")
            if sound and self.check(algorithm in hashlib.algorithms_available or None, listing, "无法核对 no SM3 here"):
                listed = {line[66:]: line[:64] for line in self.read(listing).decode().splitlines()}
                known.update(listed)
                for name in sorted(covered.union(listed)):
                    same = name in covered and self.digest(name, algorithm) == known.get(name)
                    self.check(same, name, "被改动、增加或删去 altered, added or removed (%s)" % listing)
    def check_log(self):  # 检查点由日志签名；每条事实都在其树中；较早的检查点是它的前缀。RFC 9162 2.1.3.2, 2.1.4.2.
        origin, size, root = self.signed("data/log/checkpoint", self.read("data/log/checkpoint"))[:3]
        size, root, events = int(size), base64.b64decode(root), self.read("data/events.jsonl").split(b"\n")[:-1]
        rows = list(map(json.loads, self.read("data/log/inclusion.jsonl").splitlines()))
        self.check(self.within("data/log/checkpoint", size, root), "data/log/checkpoint", "由已停用的密钥所签：超出其最后所签即不成立，较早的须向日志核对 by a retired key: nothing beyond its last is good, and what is earlier the log must confirm (lvyue log compare)")
        self.check(self.by.get("seal.txt") == self.by.get("data/log/checkpoint") or bool(self.within("seal.txt", 0, b"")), "seal.txt", "由已停用的密钥所封 sealed by a retired key")
        shown = [row for row in rows if "leaf" not in row]  # 有 leaf 者只列摘要 with a leaf: withheld, only its digests are here
        self.check(len(shown) == len(events), "data/events.jsonl", "有未经证明的事实，或缺少事实 a fact has no proof, or is missing")
        for fact, stored in zip(shown, events):
            fact["digest"], fact["leaf"] = (hashlib.sha256(prefix + stored).hexdigest() for prefix in (b"", b"\0"))
            self.bodies[fact["contract"], fact["seq"]] = json.loads(stored)
        for fact in (fact for fact in rows if "leaf" in fact):
            self.facts.append(dict(fact, name="%s#%s" % (fact["contract"], fact["seq"])))
            made = roots(fact["index"] + 1, size, b"", base64.b64decode(fact["path"]), bytes.fromhex(fact["leaf"]))
            self.check(made[1] == root and 0 <= fact["index"] < size and len(fact["leaf"]) == 64, self.facts[-1]["name"], "不在检查点的树中 not in the signed tree")
        proofs = {p["file"]: p["path"] for p in map(json.loads, self.read("data/log/consistency.jsonl").splitlines())}
        for name in sorted(name for name in self.files if name.endswith(".note")):
            old = self.signed(name, self.read(name), None)
            first, known = int(old[1]), base64.b64decode(old[2])
            good = 0 < first <= size and roots(first, size, known, base64.b64decode(proofs[name])) == (known, root)
            self.check(good and old[0] == origin and self.within(name, first, known) is not False, name, "不是检查点的前缀 no prefix of the checkpoint")
    def check_streams(self):  # 每个合同的序号无缺口，每条都含前一条的摘要；被导出的合同以导出记录收尾。Gapless, chained, complete.
        last, contract = {}, re.search("External-Identifier: (.*)", self.read("bag-info.txt").decode())[1]
        for fact in self.facts:
            before = last.get(fact["contract"], {"seq": 0, "index": -1, "digest": "0" * 64})
            body = self.bodies.get((fact["contract"], fact["seq"]), dict(fact, prev=before["digest"]))
            said, held = (body["seq"], body["contract"], body["prev"]), (fact["seq"], fact["contract"], before["digest"])
            self.check(said == held and fact["seq"] == before["seq"] + 1 and fact["index"] > before["index"], fact["name"], "序号有缺口或摘要链中断 a gap, or the chain is broken")
            last[fact["contract"]] = fact
        end = self.bodies.get((contract, last.get(contract, {}).get("seq")), {"type": ""})
        self.check(end["type"].startswith("EvidenceExported.") and end["data"]["facts"] == end["seq"] - 1, contract, "末条不是本次导出的记录，尾部可能被截 the export record that must end it is missing")
    def check_the_rest(self):  # 个人信息的承诺、附带的文书、结论的回执、时间戳。Commitments, documents, the receipt, time stamps.
        text = "\n".join(map(json.dumps, self.bodies.values()))
        for line in self.read("data/disclosures.txt").splitlines():
            self.check('"%s": {"commitment": "%s"}' % (json.loads(line)[1], hashlib.sha256(line).hexdigest()) in text, "data/disclosures.txt", "披露与承诺不符 no commitment to %s" % ascii(line))
        absent = {item["sha256"] for item in json.loads(self.read("data/items.json"))["items"] if item.get("absent")}
        named = {"data/sources/" + digest for digest in set(re.findall(r'"sha256": "([0-9a-f]{64})"', text)) - absent}
        for name in sorted(named.union(name for name in self.files if name.startswith("data/sources/"))):
            self.check(name in named and name in self.files and self.digest(name) == name[13:], name, "文书缺失、内容不符或无事实提及 missing, of other content, or named by no fact")
        answer = json.loads(self.read("data/conclusions.json"))
        receipt, digests = answer.pop("receipt"), {fact["digest"] for fact in self.facts}
        plain = json.dumps(answer, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        self.check(hashlib.sha256(plain).hexdigest() == receipt["result"] and receipt["head"] in digests, "data/conclusions.json", "与其回执不符 not what its receipt says")
        for name in (name for name in self.files if name.endswith(".tsr")):  # X.tsr 是对 X 的时间戳 X.tsr stamps X
            command = "ts -verify -data data -in token -CAfile ca" + " -no_check_time" * (name + ".tsr" in self.files)
            said = openssl(command, ca=self.trust.encode(), data=self.read(name[:-4]), token=self.read(name))
            self.check("Verification: OK" in said or (False if said and "BEGIN CERT" in self.trust else None), name, "时间戳不成立，或没有可信的 CA 证书 not verified, or no CA was given")

if __name__ == "__main__":
    any(stream.reconfigure(errors="backslashreplace") for stream in (sys.stdout, sys.stderr))  # 终端无汉字时仍有英文 no Chinese there: English still
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=pathlib.Path)
    parser.add_argument("--trust", action="append", default=[], metavar="KEYS", type=trusted)
    given = parser.parse_args()
    given.package.exists() or parser.error("没有 there is no %s" % given.package)
    try:
        found = Verification(open_package(given.package), "".join(given.trust))
    except Exception as why:
        sys.exit(print("结论 RESULT: 不符 FAILED  %s" % (why if isinstance(why, NoPackage) else "不是证据包，或已损坏，或无权读取 no package, or damaged, or not to be read")) or 3)
    for mark, lines in (("忽略 SET ASIDE", found.aside), ("不符 FAILED", found.failed), ("未核对 UNCHECKED", found.unchecked)):
        print("".join("%s  %s\n" % (mark, line) for line in lines), end="")
    print("核对事实 facts: %d，其中只列摘要 of them digests only: %d" % (len(found.facts), found.withheld))
    print("结论 RESULT: " + ("不符 FAILED" if found.failed else "不完整 INCOMPLETE" if found.unchecked else "通过 PASSED"))
    sys.exit(3 if found.failed else 1 if found.unchecked else 0)
