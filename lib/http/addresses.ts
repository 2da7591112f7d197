import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Only this block of IPv6 is routed on the internet: https://www.iana.org/assignments/ipv6-unicast-address-assignments */
const globalIpv6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Answers virtual machines of Azure with their own settings, though the address looks public. */
const azureHost = '168.63.129.16';

/**
 * True where an address is one of the public internet: not private, loopback, link-local (where clouds keep
 * their metadata), shared, multicast, reserved or one that tunnels or translates to IPv4. What cannot be
 * parsed is not public.
 */
export function isPublicAddress(text: string): boolean {
  const address = parse(text);
  if (address?.range() !== 'unicast' || text === azureHost) return false;
  return !(address instanceof ipaddr.IPv6) || address.match(globalIpv6);
}

/** True for 127.0.0.0/8 and ::1, and for no other spelling of them. */
export function isLoopbackAddress(text: string): boolean {
  return parse(text)?.range() === 'loopback';
}

function parse(text: string): Address | undefined {
  return ipaddr.isValid(text) ? ipaddr.parse(text) : undefined;
}
