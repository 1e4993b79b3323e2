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

async function ask(check: ReadinessCheck, timeoutMs: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, timeoutMs, false);
  try {
    return await Promise.race([check.holds(), promise]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
