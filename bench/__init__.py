"""How fast the product is, as ratios: to the least work any correct answer needs, and to what one gets by default.

`python -m bench` builds ten thousand cases in a folder of its own and measures contender, limit and anchor alternately
in one process. Only ratios inside one run mean anything: absolute times move twofold between runs of one machine.
`docs/performance.md` says what is measured and what came out.
"""
