import dns from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { EntrepotError } from '#lib/core/errors.ts';
import { isLoopbackAddress, isPublicAddress } from './addresses.ts';

/** What outbound calls may reach besides the public internet. */
export interface TargetPolicy {
  readonly allowLoopback: boolean;
  /** Loopback ports that stay refused even then. */
  readonly deniedPorts: readonly number[];
}

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * A dispatcher that reaches public addresses only. The check is made on the very addresses that are then
 * connected to, at every connect, so that a name which answers differently the second time gains nothing.
 */
export function guardedAgent(policy: TargetPolicy, lookup: LookupFunction = dns.lookup): Agent {
  const toPublic = guardedConnector(isPublicAddress, lookup);
  const toLoopbackToo = guardedConnector((text) => isPublicAddress(text) || isLoopbackAddress(text), lookup);
  const connect: buildConnector.connector = (options, callback) => {
    const loopback = policy.allowLoopback && !policy.deniedPorts.includes(portOf(options));
    (loopback ? toLoopbackToo : toPublic)(options, callback);
  };
  return new Agent({ connect, allowH2: false });
}

function guardedConnector(
  isAllowed: (address: string) => boolean,
  lookup: LookupFunction,
): buildConnector.connector {
  const connect = buildConnector({
    allowH2: false,
    timeout: CONNECT_TIMEOUT_MS,
    lookup: guardedLookup(isAllowed, lookup),
  });
  return (options, callback) => {
    const { hostname } = options;
    if (isIP(hostname) && !isAllowed(hostname)) callback(refused(hostname), null);
    else connect(options, callback);
  };
}

/** Resolves a name to those of its addresses that are allowed, and fails where none is. */
function guardedLookup(isAllowed: (address: string) => boolean, lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '');
      const addresses = typeof found === 'string' ? [] : found.filter(({ address }) => isAllowed(address));
      const [first] = addresses;
      if (!first) return callback(refused(hostname), '');
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function refused(hostname: string): EntrepotError {
  return new EntrepotError(
    'REQUEST_REFUSED',
    `${hostname} is not an address on the public internet, so it may not be called. Use a public address.`,
  );
}

function portOf({ port, protocol }: buildConnector.Options): number {
  return Number(port || (protocol === 'https:' ? 443 : 80));
}
