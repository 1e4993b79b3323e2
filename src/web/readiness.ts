/** One condition of readiness: its name, and whether it holds. A check that throws or does not answer in time does not hold. */
export interface ReadinessCheck {
  readonly name: string;
  holds(): Promise<boolean> | boolean;
}

export interface Readiness {
  readonly ready: boolean;
  /** Names of what does not hold. No detail: anybody may ask. */
  readonly missing: readonly string[];
}

export async function askReadiness(checks: readonly ReadinessCheck[], timeoutMs: number): Promise<Readiness> {
  const answers = await Promise.all(checks.map((check) => ask(check, timeoutMs)));
  const missing = checks.filter((_check, index) => answers[index] !== true).map((check) => check.name);
  return { ready: missing.length === 0, missing };
}

/** `unknown` where they could not be told in time: never none. */
export async function askAlarms(alarms: () => Promise<readonly string[]>, timeoutMs: number): Promise<readonly string[]> {
  return await inTime(alarms, timeoutMs, ['unknown']);
}

async function ask(check: ReadinessCheck, timeoutMs: number): Promise<boolean> {
  return await inTime(async () => await check.holds(), timeoutMs, false);
}

async function inTime<Answer>(work: () => Promise<Answer>, timeoutMs: number, otherwise: Answer): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const timer = setTimeout(resolve, timeoutMs, otherwise);
  try {
    return await Promise.race([work(), promise]);
  } catch {
    return otherwise;
  } finally {
    clearTimeout(timer);
  }
}
