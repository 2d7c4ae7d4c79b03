# What igraph takes for the same edges: its graph from pairs, PageRank, and Leiden. Prints one line of JSON, processor time in milliseconds; writes its ranks beside the edges.
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
started = time.process_time()
graph = igraph.Graph(node_count, pairs, directed=True)
build = time.process_time() - started
del pairs
times = []
for _ in range(rounds):
    started = time.process_time()
    ranks = graph.pagerank()
    times.append(time.process_time() - started)
with open(f"{folder}/ranks.igraph", "wb") as file:
    array("d", ranks).tofile(file)

graph.es["weight"] = 1.0
graph.to_undirected(mode="collapse", combine_edges={"weight": "sum"})
graph.simplify(combine_edges={"weight": "sum"})
started = time.process_time()
# Two iterations are its default, and ours for a graph this large.
found = graph.community_leiden("modularity", weights="weight", n_iterations=2)
communities = time.process_time() - started
print(
    json.dumps(
        {
            "version": igraph.__version__,
            "build": build * 1000,
            "ranks": [t * 1000 for t in times],
            "communities": communities * 1000,
            "modularity": graph.modularity(found, weights="weight"),
        }
    )
)
