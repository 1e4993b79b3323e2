import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

/** Lets a server listen on a free port of 127.0.0.1 until its test ends. @returns The port. */
export async function listenOnLoopback(context: TestContext, server: Pick<Server, 'listen' | 'close' | 'closeAllConnections' | 'address' | 'once'>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await new Promise<void>((resolve) => server.once('listening', () => resolve()));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port }: Pick<AddressInfo, 'port'> = server.address() as AddressInfo;
  return port;
}
