"""libzim, the library of Kiwix: a full-text index over the same documents, asked the same queries.

One JSON object a line: {"do": "build", "documents": FILE, "zim": FILE}, then {"do": "search", "queries": [...],
"limit": N}. Times are milliseconds inside this process.
"""

import json
import os
import sys
from time import perf_counter

from libzim.reader import Archive
from libzim.search import Query, Searcher
from libzim.writer import Creator, Hint, Item, StringProvider

opened = {}


class Page(Item):
    """A document as a page: what Kiwix would show."""

    def __init__(self, document):
        super().__init__()
        self.document = document

    def get_path(self):
        return self.document["_id"]

    def get_title(self):
        return self.document["title"]

    def get_mimetype(self):
        return "text/html"

    def get_contentprovider(self):
        parts = [self.document["summary"], *self.document["body"].split("\n\n")]
        body = "".join(f"<p>{part}</p>" for part in parts)
        title = self.document["title"]
        return StringProvider(f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>")

    def get_hints(self):
        return {Hint.FRONT_ARTICLE: True, Hint.COMPRESS: True}


def build(command):
    with Creator(command["zim"]).config_indexing(True, "vie") as creator:
        creator.set_mainpath("tin-00000")
        with open(command["documents"], encoding="utf-8") as lines:
            for line in lines:
                creator.add_item(Page(json.loads(line)))
    archive = Archive(command["zim"])
    opened["archive"], opened["searcher"] = archive, Searcher(archive)
    return {"documents": archive.article_count}


def search(command):
    archive, searcher, limit = opened["archive"], opened["searcher"], command["limit"]
    list(searcher.search(Query().set_query("ban tin")).getResults(0, limit))
    found, paths_ms, pages_ms = [], [], []
    for text in command["queries"]:
        started = perf_counter()
        paths = list(searcher.search(Query().set_query(text)).getResults(0, limit))
        paths_ms.append((perf_counter() - started) * 1000)
        # What a list of hits shows needs the title and the text, too.
        pages = [(entry.title, bytes(entry.get_item().content)) for entry in map(archive.get_entry_by_path, paths)]
        pages_ms.append((perf_counter() - started) * 1000)
        found.append(len(pages))
    return {"found": found, "paths_ms": paths_ms, "pages_ms": pages_ms}


# The library talks on standard output: that goes to standard error, ours to what was there.
say = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
print(json.dumps({"ready": True}), file=say, flush=True)
for line in sys.stdin:
    command = json.loads(line)
    try:
        answer = {"build": build, "search": search}[command["do"]](command)
    except Exception as error:  # whatever it is, the bench says it
        answer = {"failed": repr(error)}
    print(json.dumps(answer), file=say, flush=True)
