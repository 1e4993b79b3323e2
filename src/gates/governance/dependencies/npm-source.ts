import { isPlainAddress } from './dependency.ts';

/** How registries go on behind a name: `-/file`, `-/@scope/file`, `-/6/file`, `1.2.3/file`, `1.2.3.tgz`. Nothing in it leads to another place. */
const servedFile = /^(?:-\/(?:(?:@[\w.~-]+|\d+)\/)?|\d+\.\d+\.[\w.+-]+\/)\w[\w.+~-]*$|^\d+\.\d+\.[\w.+-]+\.tgz$/;

/** Where a lock file gets a package of npm from: the registry that serves it, or else the whole address, since of one host many have repositories. */
export function npmSource(address: string, name: string): string {
  const [served = ''] = address.split('#');
  const part = [`/${name}/`, `/${name.replace('/', '%2f')}/`].find((one) => served.includes(one));
  if (part === undefined || !isPlainAddress(address)) return address;
  const start = served.lastIndexOf(part);
  return servedFile.test(served.slice(start + part.length)) ? served.slice(0, start) : address;
}
