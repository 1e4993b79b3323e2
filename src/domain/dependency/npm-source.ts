import { isPlainAddress } from './dependency.ts';

/** A version of a package, of which a lock file says where it comes from. */
export interface LockedVersion {
  readonly name: string;
  readonly version: string;
}

/**
 * Where a lock file gets a package of npm from: the registry that serves exactly this version of it, or else the whole address, since of
 * one host many have repositories, and a file of another version is another content than the entry says.
 */
export function npmSource(address: string, locked: LockedVersion): string {
  const { name } = locked;
  const [served = ''] = address.split('#');
  const part = [`/${name}/`, `/${name.replace('/', '%2f')}/`].find((one) => served.includes(one));
  if (part === undefined || !isPlainAddress(address)) return address;
  const start = served.lastIndexOf(part);
  return isServed(served.slice(start + part.length), locked) ? served.slice(0, start) : address;
}

/** How registries go on behind a name: `-/file`, `-/@scope/file`, `-/6/file`, `1.2.3/file`, `1.2.3.tgz`. Nothing in it leads to another place. What a version has behind a `+` registries leave out. */
function isServed(rest: string, { name, version }: LockedVersion): boolean {
  if (!/^\d+\.\d+\.[\w.+-]+$/.test(version)) return false;
  const inFolder = /^(\d[\w.+-]*)\/\w[\w.+~-]*$/.exec(rest)?.[1];
  const file = /^-\/(?:(?:@[\w.~-]+|\d+)\/)?(\w[\w.+~-]*)$/.exec(rest)?.[1];
  const bare = name.slice(name.indexOf('/') + 1);
  return [version, version.replace(/\+.*$/, '')].some((one) => inFolder === one || rest === `${one}.tgz` || file === `${bare}-${one}.tgz`);
}
