"""How long do cases wait for a collector, and how often are all busy? Closed forms for Poisson arrivals.

Used to check the collectors' desk and the credit limit of the simulator against mathematics.
"""

import math


def erlang_b(servers: int, load: float) -> float:
    """Which share of arrivals finds all servers busy and is lost? (Also the share of orders a credit limit stops.)"""
    blocked = 1.0
    for count in range(1, servers + 1):
        blocked = load * blocked / (count + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    """Which share of arrivals must wait? 1 when the load is more than the servers can do."""
    if load >= servers:
        return 1.0
    blocked = erlang_b(servers, load)
    return servers * blocked / (servers - load * (1.0 - blocked))


def mean_wait(servers: int, arrivals: float, service: float) -> float:
    """How long does a case wait on average, in the time unit of the rates? Infinite when the load is too high."""
    spare = servers * service - arrivals
    return erlang_c(servers, arrivals / service) / spare if spare > 0 else math.inf


def mean_queue(servers: int, arrivals: float, service: float) -> float:
    """How many cases wait on average? (Little's law on the queue.)"""
    return arrivals * mean_wait(servers, arrivals, service)


def wait_beyond(limit: float, servers: int, arrivals: float, service: float) -> float:
    """Which share of cases waits longer than the limit?"""
    spare = servers * service - arrivals
    return erlang_c(servers, arrivals / service) * math.exp(-spare * limit) if spare > 0 else 1.0
