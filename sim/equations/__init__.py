"""The equations of the model: pure, keyword-only functions of arrays, one file for each block.

Axes: a vector of cells is (cell, draw), a quantity of the whole district is (draw,). The draw axis is last
everywhere, so that a quantity of the district broadcasts against a vector of cells without a word.
Rates, shares and growth are fractions; logarithmic growth is said to be so. Money is 亿元.
"""
