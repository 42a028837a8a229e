"""Delivery by several workers against a Bot API that fails in every way, in a time that jumps from one event to the next.

hurrying     an event loop whose time jumps: a month of sending takes minutes, and nobody sleeps
messenger    the Bot API as the workers' HTTP client meets it, with its limits, faults, and what really arrived
fleet        workers over one store: real delivery and beats; any of them may die at any wait
"""
