"""Corrects a Word file as a leader would: form-word.py FROM TO."""

import sys
import zipfile

DOCUMENT = "word/document.xml"
TYPES = "[Content_Types].xml"
RELATIONS = "word/_rels/document.xml.rels"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"


def tracked(kind, words):
    name = "delText" if kind == "del" else "t"
    who = 'w:id="7" w:author="王局长" w:date="2024-01-09T10:00:00Z"'
    return f"<w:{kind} {who}><w:r><w:{name}>{words}</w:{name}></w:r></w:{kind}>"


def replaced(text, words, old, new):
    """The text with `old` in `words` made `new` while changes were tracked."""
    at = text.index(words) + words.index(old)
    change = f"</w:t></w:r>{tracked('del', old)}{tracked('ins', new)}<w:r><w:t>"
    return text[:at] + change + text[at + len(old) :]


def corrected(text):
    text = replaced(text, ">3297<", "3297", "3298")
    text = replaced(text, "二是严格发布审核", "严格", "从严")
    text = replaced(text, "三是加强动态管理", "加强", "改进")
    at = text.index("逐栏明确更新时限")
    end = at + len("逐栏明确更新时限")
    text = (
        text[:at]
        + '</w:t></w:r><w:commentRangeStart w:id="3"/><w:r><w:t>'
        + text[at:end]
        + '</w:t></w:r><w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r><w:r><w:t>'
        + text[end:]
    )
    return text.replace(">行政处罚<", ">处罚决定<", 1)


def main(source, target):
    with zipfile.ZipFile(source) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[DOCUMENT] = corrected(parts[DOCUMENT].decode()).encode()
    relation = f'<Relationship Id="rC" Type="{COMMENTS}" Target="comments.xml"/></Relationships>'
    parts[RELATIONS] = parts[RELATIONS].decode().replace("</Relationships>", relation).encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    override = f'<Override PartName="/word/comments.xml" ContentType="{kind}"/></Types>'
    parts[TYPES] = parts[TYPES].decode().replace("</Types>", override).encode()
    comment = '<w:comment w:id="3" w:author="王局长"><w:p><w:r><w:t>时限写清楚，请核对。</w:t></w:r></w:p></w:comment>'
    parts["word/comments.xml"] = f'<w:comments xmlns:w="{W}">{comment}</w:comments>'.encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


main(*sys.argv[1:])
