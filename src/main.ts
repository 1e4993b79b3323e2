import { pathToFileURL } from 'node:url';
import { createApp } from './app.ts';
import type { App } from './app.ts';
import { readConfig } from './config.ts';
import type { Config } from './config.ts';
import { createAnchors } from './config/create-anchors.ts';
import { secretsIn } from './config/key-service-settings.ts';
import { openSecrets, watchSecrets } from './config/server-secrets.ts';
import { openServerKeys } from './config/server-keys.ts';
import { createServerPorts } from './config/server-ports.ts';
import type { ServerPorts } from './config/server-ports.ts';
import { observeUsage } from './config/usage-metrics.ts';
import type { Environment } from './config/settings.ts';
import { failureOf } from './domain/failure.ts';
import type { Clock } from './flows/ports/clock.ts';
import type { Log } from './flows/ports/log.ts';
import type { Store } from './flows/ports/store.ts';
import { openStore } from './store/open-store.ts';
import { webhookPath } from './web/create-web.ts';
import { watchEventLoop } from './web/event-loop-delay.ts';
import type { EventLoopDelay } from './web/event-loop-delay.ts';
import { listen } from './web/http-server.ts';
import type { HttpServer } from './web/http-server.ts';
import { createJsonLog } from './web/json-log.ts';
import type { JsonLog } from './web/json-log.ts';
import { openOperatorDoor } from './web/operator-door.ts';
import type { OperatorDoor } from './web/operator-door.ts';

const exitCodes = { stopped: 0, broken: 1, failed: 3, usage: 64 } as const;
const hardExitMs = 25_000;

const clock: Clock = { now: () => new Date() };

/**
 * Runs the server until it is told to stop.
 * @returns The exit code: 0 after SIGTERM or SIGINT, 64 when settings are wrong, 3 when it could not start, 1 when it broke.
 */
export async function serve(environment: Environment): Promise<number> {
  let running: Running;
  try {
    running = await start(readConfig(environment));
  } catch (thrown) {
    const failure = failureOf(thrown, 'STORE_UNAVAILABLE');
    process.stderr.write(`${failure.code}  ${failure.message}\n`);
    return failure.code === 'CONFIG_INVALID' ? exitCodes.usage : exitCodes.failed;
  }
  const code = await untilTold(running.log);
  await stop(running);
  return code;
}

interface Running {
  readonly log: Log;
  readonly store: Store;
  readonly server: ServerPorts;
  readonly eventLoop: EventLoopDelay;
  readonly app: App;
  readonly http: HttpServer;
  /** Null with Postgres, which commands reach by themselves. */
  readonly door: OperatorDoor | null;
  /** Ends the reading of secrets. */
  readonly unwatch: () => void;
  /** Ends the metrics. */
  readonly unmeasure: () => void;
}

async function start(config: Config): Promise<Running> {
  const log = createJsonLog({ level: config.logLevel, secrets: secretsOf(config) });
  await openSecrets(config);
  const store = await openStore({ databaseUrl: config.databaseUrl?.reveal() ?? null, directory: config.dataDirectory, log, clock });
  try {
    return await startOn(config, log, store);
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
}

async function startOn(config: Config, log: JsonLog, store: Store): Promise<Running> {
  const { log: logKey, signing, ...keys } = await openServerKeys(config);
  const server = createServerPorts(config, { store, clock, log });
  const unwatch = watchSecrets(config, { log, onValue: (value) => log.redact(value) });
  const eventLoop = watchEventLoop();
  try {
    const app = await createApp({ config, ports: server.ports, anchors: createAnchors(config, server.ports.github), remediationSources: server.driftSources, ...keys, signing, eventLoop, random: Math.random });
    const http = await listen(app.web, config);
    await app.start();
    const door = config.databaseUrl === null ? await openOperatorDoor({ directory: config.dataDirectory, operations: app.operations, log }) : null;
    log.info('keys opened', { log: logKey.name, signing: signing.name });
    const unmeasure = observeUsage({ store, clock, log });
    announce(config, http);
    return { log, store, server, eventLoop, app, http, door, unwatch, unmeasure };
  } catch (thrown) {
    eventLoop.stop();
    unwatch();
    await server.close();
    throw thrown;
  }
}

/** Everything that must never be printed, also not inside another text. */
function secretsOf(config: Config): readonly string[] {
  const secrets = [config.databaseUrl, config.logKey, ...config.previousLogKeys.map(({ privateKey }) => privateKey), ...[config.signingKey, config.previousSigningKey].map((key) => (key?.kind === 'pem' ? key.pem : null))];
  const password = config.databaseUrl === null ? '' : decodeURIComponent(new URL(config.databaseUrl.reveal()).password);
  return [...secrets.flatMap((secret) => (secret === null ? [] : [secret.reveal()])), ...config.behaviorSecrets.map(({ secret }) => secret.reveal()), ...secretsIn(config.keyService), password];
}

function announce(config: Config, http: HttpServer): void {
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  const address = `http://${host}:${http.port}`;
  process.stderr.write(`Plumbline listens on ${address} (webhooks ${webhookPath}, readiness /readyz), known as ${config.publicUrl}\n`);
}

/** Waits for a signal, or for an error that nobody caught: after one nothing in this process can be relied on. */
function untilTold(log: Log): Promise<number> {
  return new Promise((resolve) => {
    const told = (code: number): void => {
      // A second signal, or a stop that takes too long, ends it at once: leases expire, nothing is lost.
      setTimeout(() => process.exit(exitCodes.broken), hardExitMs).unref();
      resolve(code);
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        log.info('stopping', { signal });
        process.once(signal, () => process.exit(exitCodes.broken));
        told(exitCodes.stopped);
      });
    }
    const broken = (thrown: unknown): void => {
      log.error('stopping after an error that nobody caught', { failure: failureOf(thrown, 'GATE_FAILED') });
      told(exitCodes.broken);
    };
    process.on('unhandledRejection', broken).on('uncaughtException', broken);
  });
}

/** In this order: no new work, no running work, no open ends, no store. */
async function stop({ log, store, server, eventLoop, app, http, door, unwatch, unmeasure }: Running): Promise<void> {
  app.drain();
  unwatch();
  unmeasure();
  const steps = [() => Promise.all([http.stop(), door?.stop(), app.stop()]), () => server.close(), () => store.close()];
  for (const step of steps) {
    await step().catch((thrown: unknown) => log.error('not stopped cleanly', { failure: failureOf(thrown, 'STORE_UNAVAILABLE') }));
  }
  eventLoop.stop();
  log.info('stopped');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await serve(process.env);
}
