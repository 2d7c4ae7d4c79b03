# What igraph takes for the same edges: its graph from pairs, and PageRank. Prints one line of JSON; writes its ranks beside the edges.
import json
import sys
import time
from array import array

import igraph


def read(name):
    numbers = array("i")
    with open(f"{folder}/{name}", "rb") as file:
        numbers.frombytes(file.read())
    return numbers


folder, node_count, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
# The form igraph reads fastest of those it takes; making the pairs is not counted.
pairs = list(zip(read("from"), read("to")))
started = time.perf_counter()
graph = igraph.Graph(node_count, pairs, directed=True)
build = time.perf_counter() - started
del pairs
times = []
for _ in range(rounds):
    started = time.perf_counter()
    ranks = graph.pagerank()
    times.append(time.perf_counter() - started)
with open(f"{folder}/ranks.igraph", "wb") as file:
    array("d", ranks).tofile(file)
print(json.dumps({"version": igraph.__version__, "build": build * 1000, "ranks": [t * 1000 for t in times]}))
