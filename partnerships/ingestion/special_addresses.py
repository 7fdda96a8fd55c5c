"""Which addresses are no public site.

The ranges are written out, from IANA's registries of special-purpose addresses (read 2026-11-25) and the
clouds' own metadata services: `ipaddress.is_private` and `is_global` differ between Python versions
and let about twenty of them through.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

IPV4 = {
    "0.0.0.0/8": "this network",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "shared by carriers",
    "127.0.0.0/8": "this machine",
    "168.63.129.16/32": "cloud metadata",
    "169.254.0.0/16": "link-local",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "protocol assignments",
    "192.0.2.0/24": "documentation",
    "192.31.196.0/24": "AS112",
    "192.52.193.0/24": "multicast tunnels",
    "192.88.99.0/24": "6to4 relays",
    "192.168.0.0/16": "private",
    "192.175.48.0/24": "AS112",
    "198.18.0.0/15": "benchmarking",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
}
IPV6_UNICAST = ip_network("2000::/3")  # all that is handed out; the rest is special as a whole
IPV6 = {
    "2001::/23": "protocol assignments and Teredo",
    "2001:db8::/32": "documentation",
    "2002::/16": "6to4",
    "2620:4f:8000::/48": "AS112",
    "3ffe::/16": "retired",
    "3fff::/20": "documentation",
}
RANGES = {
    4: [(ip_network(text), why) for text, why in IPV4.items()],
    6: [(ip_network(text), why) for text, why in IPV6.items()],
}


def special_range(address: str) -> str:
    """Which special range an address lies in; '' for a public one."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return "not an address"
    if ip.version == 6 and ip not in IPV6_UNICAST:
        return outside_unicast(ip)
    return range_of(ip)


def range_of(ip: IPv4Address | IPv6Address) -> str:
    return next((why for network, why in RANGES[ip.version] if ip in network), "")


def outside_unicast(ip: IPv6Address) -> str:
    """Mapped, NAT64, local, multicast …: none is a site's own address."""
    if ip.ipv4_mapped:
        return "mapped IPv4"
    return "this machine" if ip.is_loopback else "special IPv6"
