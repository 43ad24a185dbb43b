#!/usr/bin/env python3
"""核验履约证据包 Verify a lvyue evidence package:   python3 verify.py PACKAGE --trust KEYS
PACKAGE: 证据包，zip 文件或已解开的目录。The zip file, or the folder unpacked from it.
KEYS: 从别处（不是从本包）取得的公钥，每行一个 name+id+base64，可附时间戳机构的 CA 证书；文件或目录。Public keys got
  elsewhere, and the time-stamp authority's CA (PEM): a file or a folder. 包内的公钥证明不了来源 Keys inside prove nothing.
退出码 exit status: 0 通过 passed, 1 有未能核对之处 incomplete, 2 用法 usage, 3 不符 FAILED.
只需 Python 3.8 以上，验签另需 openssl 3；每个摘要都从原始字节重算。No stored digest is trusted: all is recomputed.
"""
# mypy: ignore-errors
# ruff: noqa: E401, E501, E731, I001, RUF005, UP031
import argparse, base64, hashlib, json, pathlib, re, shutil, stat, subprocess, sys, tempfile, zipfile

ED25519, WITNESS, SM2 = b"\x01", b"\x04", b"\xfflvyue/sm2-sm3"  # 密钥类型 key types (C2SP signed-note); SM2 is ours
DER = {ED25519: "302a300506032b6570032100", SM2: "3059301306072a8648ce3d020106082a811ccf5501822d034200"}

def open_package(path):  # 文件名 -> 打开它的函数，不解压到磁盘 file name -> a function that opens it; nothing is unpacked
    if path.is_dir():
        found = [f for f in path.rglob("*") if f.is_symlink() or not f.is_dir()]
        links = [f.name for f in found if f.is_symlink()]
        files = {f.relative_to(path).as_posix(): lambda f=f: f.open("rb") for f in found}
    else:
        archive = zipfile.ZipFile(path)
        found = [entry for entry in archive.infolist() if not entry.is_dir()]
        links = [entry.filename for entry in found if stat.S_ISLNK(entry.external_attr >> 16)]
        files = {entry.filename.partition("/")[2]: lambda e=entry: archive.open(e) for entry in found}
        if len(files) < len(found) or sum(e.file_size for e in found) > (64 << 20) + 100 * path.stat().st_size:
            raise ValueError("重名，或展开后过大 a name twice, or too much to unpack")
    for name in links + [n for n in files if not re.match(r"[\w+-][\w.+-]*(/[\w+-][\w.+-]*)*\Z", n, re.A)]:
        raise ValueError("路径不安全 unsafe path " + ascii(name))
    return files

def climb(first, last, old, new, path):  # RFC 9162 2.1.3.2 与 2.1.4.2 共有的循环 the loop both share: (old root, new root)
    node = lambda left, right: hashlib.sha256(b"\1" + left + right).digest()
    for step in (path[at:at + 32] for at in range(0, len(path), 32)):
        if last == 0:
            return None, None
        if first & 1 or first == last:
            old, new = node(step, old), node(step, new)
            while first and not first & 1:
                first, last = first >> 1, last >> 1
        else:
            new = node(new, step)
        first, last = first >> 1, last >> 1
    return (old, new) if last == 0 else (None, None)

def consistent(first, second, old_root, new_root, path):
    if not 0 < first < second:
        return first == second and old_root == new_root and not path
    path, first, last = (b"" if first & (first - 1) else old_root) + path, first - 1, second - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    return climb(first, last, path[:32], path[:32], path[32:]) == (old_root, new_root)

def openssl(command, **files):  # 没有 openssl 时答复为空 what openssl says about these files; "" without openssl
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            pathlib.Path(folder, name).write_bytes(data)
        run = subprocess.run if shutil.which("openssl") else lambda *_, **__: subprocess.CompletedProcess([], 1, b"")
        return run(["openssl"] + command.split(), cwd=folder, stdout=-1, stderr=-2).stdout.decode("latin-1")

class Verification:
    def __init__(self, files, trust):
        self.files, self.failed, self.unchecked, self.keys, self.facts = files, [], [], {}, []
        self.trust = trust or self.read("data/keys/keys.txt").decode()
        self.learn(self.trust)
        for part in (self.check_rotations, self.check_files, self.check_log, self.check_streams, self.check_the_rest):
            try:
                part()
            except Exception as error:  # 读不懂之处都算不符 whatever cannot be read counts against the package
                self.check(False, part.__name__, "格式损坏 malformed: %r" % error)

    def read(self, name):
        with self.files[name]() as file:
            return file.read()
    def digest(self, name, algorithm="sha256"):
        return hashlib.new(algorithm, self.read(name)).hexdigest()
    def check(self, good, what, why):
        if not good:  # False: 不符; None: 未能核对 could not be checked
            (self.unchecked if good is None else self.failed).append("%s: %s" % (what, why))
        return good
    def learn(self, vkeys):
        for name, blob in re.findall(r"^([^\s+]+)\+[0-9a-f]{8}\+(\S+)$", vkeys, re.M):
            key = base64.b64decode(blob)
            self.keys[name, hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]] = key

    def signed(self, what, data, by_log=False):
        """验 C2SP 签名文本，返回各行：已知密钥的签名都须成立，且须有日志自己的。Lines by unknown keys are ignored."""
        text, _, lines = data.decode().rpartition("\n\n")
        signatures = re.findall("^— (\\S+) (\\S+)$", lines, re.M)
        plain = "".join("— %s %s\n" % (name, base64.b64encode(base64.b64decode(blob)).decode()) for name, blob in signatures)
        self.check(lines == plain, what, "签名行格式不规范 signature lines are not canonical")
        for name, blob in signatures:
            blob, message = base64.b64decode(blob), text.encode() + b"\n"
            key, value = self.keys.get((name, blob[:4]), b""), blob[4:]
            for kind in (kind for kind in (ED25519, WITNESS, SM2) if key.startswith(kind)):
                if kind == WITNESS:  # 见证人签的是何时见过它 a witness signs the moment it saw it (cosignature/v1)
                    message, value = b"cosignature/v1\ntime %d\n" % int.from_bytes(value[:8], "big") + message, value[8:]
                said = openssl("pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in text -sigfile signature" +
                               " -digest sm3 -pkeyopt distid:1234567812345678" * (kind == SM2), text=message,
                               signature=value, key=bytes.fromhex(DER.get(kind, DER[ED25519])) + key[len(kind):])
                good = "Verified Successfully" in said or (False if "Verification Failure" in said else None)
                self.check(good, what, "签名不成立或无从核验 signature of %s not verified" % name)
                by_log = by_log or (kind == ED25519 and name == text.split()[0] and good is not False)
        self.check(by_log, what, "没有可信日志密钥的签名 not signed by a trusted key of the log")
        return text.split("\n")

    def check_rotations(self):
        for line in self.read("data/events.jsonl").splitlines():
            if line.startswith(b'{"type":"LogKeyRotated.'):  # 旧密钥签名声明新密钥 the old key names the new one
                self.learn(self.signed("LogKeyRotated", json.loads(line)["data"]["statement"].encode())[1])

    def check_files(self):
        """封签 -> 标签清单 -> 各清单 -> 各文件；清单若被改动，不据它责怪文件。An altered list blames no file."""
        seal, tags = self.read("seal.txt"), "tagmanifest-sha256.txt"
        known = {tags: self.signed("seal.txt", seal)[1]}
        self.check(seal.count(b"\n") == 5, "seal.txt", "应为三行与一个签名 three lines and one signature are wanted")
        data = {name for name in self.files if name.startswith("data/")}
        for listing, algorithm in ((tags, "sha256"), ("manifest-sha256.txt", "sha256"), ("manifest-sm3.txt", "sm3")):
            covered = set(self.files) - data - {tags, "seal.txt"} if listing == tags else data
            sound = self.check(self.digest(listing) == known.get(listing), listing, "被改动 altered")
            if sound and self.check(algorithm in hashlib.algorithms_available or None, listing, "无法核对 no SM3 here"):
                known.update((line[66:], line[:64]) for line in self.read(listing).decode().splitlines())
                for name in sorted(covered | {line[66:] for line in self.read(listing).decode().splitlines()}):
                    same = name in covered and self.digest(name, algorithm) == known.get(name)
                    self.check(same, name, "被改动、增加或删去 altered, added or removed (%s)" % listing)

    def check_log(self):
        """检查点由日志签名；每条事实都在其树中；较早的检查点是它的前缀。RFC 9162 2.1.3.2, 2.1.4.2."""
        origin, size, root = self.signed("data/log/checkpoint", self.read("data/log/checkpoint"))[:3]
        events, size, root = self.read("data/events.jsonl").split(b"\n")[-2::-1], int(size), base64.b64decode(root)
        for fact in map(json.loads, self.read("data/log/inclusion.jsonl").splitlines()):
            if "leaf" not in fact:  # 有 leaf 者不在导出范围，只列其摘要 with a leaf: outside the export, only digests
                stored = events.pop() if events else b"{}"
                fact["digest"], fact["leaf"] = (hashlib.sha256(prefix + stored).hexdigest() for prefix in (b"", b"\0"))
                fact["body"] = json.loads(stored)
            self.facts.append(dict(fact, name="%s#%s" % (fact["contract"], fact["seq"])))
            leaf = bytes.fromhex(fact["leaf"])
            good = climb(fact["index"], size - 1, leaf, leaf, base64.b64decode(fact["path"]))[1] == root
            self.check(good and 0 <= fact["index"] < size, self.facts[-1]["name"], "不在检查点的树中 not in the signed tree")
        self.check(not events, "data/events.jsonl", "有未经证明的事实 holds facts without a proof")
        proofs = {p["file"]: p["path"] for p in map(json.loads, self.read("data/log/consistency.jsonl").splitlines())}
        for name in sorted(name for name in self.files if name.endswith(".note")):
            old = self.signed(name, self.read(name), None)
            good = consistent(int(old[1]), size, base64.b64decode(old[2]), root, base64.b64decode(proofs[name]))
            self.check(good and old[0] == origin, name, "不是检查点的前缀 no prefix of the checkpoint")

    def check_streams(self):
        """每个合同的序号无缺口，每条都含前一条的摘要；被导出的合同以导出记录收尾。Gapless, chained, complete."""
        last, contract = {}, re.search("External-Identifier: (.*)", self.read("bag-info.txt").decode())[1]
        for fact in self.facts:
            before = last.get(fact["contract"], {"seq": 0, "index": -1, "digest": "0" * 64})
            body = fact.get("body", dict(fact, prev=before["digest"]))
            self.check(fact["seq"] == body["seq"] == before["seq"] + 1 and fact["contract"] == body["contract"]
                       and fact["index"] > before["index"] and body["prev"] == before["digest"],
                       fact["name"], "序号有缺口或摘要链中断 a gap, or the chain is broken")
            last[fact["contract"]] = fact
        end = last.get(contract, {}).get("body", {"type": ""})
        good = end["type"].startswith("EvidenceExported.") and end["data"]["facts"] == end["seq"] - 1
        self.check(good, contract, "末条不是本次导出的记录，尾部可能被截 the export record that must end it is missing")

    def check_the_rest(self):
        """个人信息的承诺、附带的文书、结论的回执、时间戳。Commitments, documents, the receipt, time stamps."""
        text = "\n".join(json.dumps(fact["body"]) for fact in self.facts if "body" in fact)
        for line in self.read("data/disclosures.txt").splitlines():
            opened = '"%s": {"commitment": "%s"}' % (json.loads(line)[1], hashlib.sha256(line).hexdigest())
            self.check(opened in text, "data/disclosures.txt", "披露与承诺不符 no commitment to %s" % ascii(line))
        absent = {item["sha256"] for item in json.loads(self.read("data/items.json"))["items"] if item.get("absent")}
        named = {"data/sources/" + digest for digest in set(re.findall(r'"sha256": "([0-9a-f]{64})"', text)) - absent}
        for name in sorted(named.union(name for name in self.files if name.startswith("data/sources/"))):
            self.check(name in named and name in self.files and self.digest(name) == name[13:], name,
                       "文书缺失、内容不符或无事实提及 missing, of other content, or named by no fact")
        answer = json.loads(self.read("data/conclusions.json"))
        receipt, digests = answer.pop("receipt"), {fact["digest"] for fact in self.facts}
        plain = json.dumps(answer, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        good = hashlib.sha256(plain).hexdigest() == receipt["result"] and receipt["head"] in digests
        self.check(good, "data/conclusions.json", "与其回执不符 not what its receipt says")
        for name in (name for name in self.files if name.endswith(".tsr")):  # X.tsr 是对 X 的时间戳 X.tsr stamps X
            command = "ts -verify -data data -in token -CAfile ca" + " -no_check_time" * (name + ".tsr" in self.files)
            said = openssl(command, ca=self.trust.encode(), data=self.read(name[:-4]), token=self.read(name))
            good = "Verification: OK" in said or (False if said and "BEGIN CERT" in self.trust else None)
            self.check(good, name, "时间戳不成立，或没有可信的 CA 证书 not verified, or no CA was given")

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package")
    parser.add_argument("--trust", action="append", default=[], metavar="KEYS")
    given = parser.parse_args()
    trust = [file for path in map(pathlib.Path, given.trust) for file in (path.glob("*") if path.is_dir() else [path])]
    try:
        trust = "\n".join(file.read_text("utf-8") for file in trust) or "-" * len(given.trust)  # 空文件不等于未给 empty is not absent
        found = Verification(open_package(pathlib.Path(given.package)), trust)
    except Exception as error:  # 读不懂的包就是不符 a package that cannot be read has failed, whatever is wrong with it
        sys.exit(print("结论 RESULT: 不符 FAILED  %r" % error) or (2 if isinstance(error, FileNotFoundError) else 3))
    for line in ["不符 FAILED  " + line for line in found.failed] + ["未核对 UNCHECKED  " + line for line in found.unchecked]:
        print(line)
    print("" if trust else "注意：公钥取自包内，不说明来源 NOTE: keys from inside the package prove nothing about its origin")
    print("核对事实 facts: %d" % len(found.facts))
    print("结论 RESULT: " + ("不符 FAILED" if found.failed else "不完整 INCOMPLETE" if found.unchecked else "通过 PASSED"))
    sys.exit(3 if found.failed else 1 if found.unchecked else 0)
