import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

export interface Presence {
  /** Name of the socket in the directory; null when there is none. */
  readonly name: string | null;
  leave(): Promise<void>;
}

/** Longest path of a Unix socket on Linux (macOS: 104) without its end. */
const longestPath = 103;

/** Listens on a socket in the directory, so that others can tell a living process from a dead one, whatever its number. */
export async function listen(directory: string, id: string): Promise<Presence> {
  const name = `${id}.sock`;
  const path = join(directory, name);
  if (Buffer.byteLength(path) > longestPath) return { name: null, leave: async () => {} };
  const server = createServer((socket) => socket.destroy());
  server.listen(path);
  try {
    await once(server, 'listening');
  } catch {
    // A file system without sockets: the process number alone must tell.
    return { name: null, leave: async () => {} };
  }
  server.on('error', () => {});
  server.unref();
  const leave = async (): Promise<void> => {
    server.close();
    await rm(path, { force: true });
  };
  return { name, leave };
}

/** Whether somebody listens. The kernel answers, however busy that process is. */
export async function isListening(directory: string, name: string): Promise<boolean> {
  const socket = connect(join(directory, name));
  try {
    await once(socket, 'connect');
    return true;
  } catch (thrown) {
    // No such socket, or nobody behind it; anything else says that nobody can tell.
    return !(thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ECONNREFUSED'));
  } finally {
    socket.destroy();
  }
}
