/** The environment as a program is started with it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a setting turned out to be: usable, or a sentence that says what is wrong. Never with a secret in it. */
export type Setting<Value> = { readonly kind: 'good'; readonly value: Value } | { readonly kind: 'bad'; readonly why: string };

export function good<Value>(value: Value): Setting<Value> {
  return { kind: 'good', value };
}

export function bad(why: string): Setting<never> {
  return { kind: 'bad', why };
}

/** The text of a setting; null when it is not set. Set to nothing counts as not set: that is how compose files leave one out. */
export function textOf(environment: Environment, name: string): string | null {
  const text = environment[name]?.trim();
  return text === undefined || text === '' ? null : text;
}

/** A value of an operator's, fit for a message: quoted, cut, without control characters. */
export function quoted(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{fffd}');
  return plain.length > 80 ? `"${plain.slice(0, 80)}…"` : `"${plain}"`;
}

/** A whole number within bounds. */
export function integerSetting(environment: Environment, name: string, bounds: { readonly least: number; readonly most: number; readonly otherwise: number }): Setting<number> {
  const text = textOf(environment, name);
  if (text === null) return good(bounds.otherwise);
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= bounds.least && value <= bounds.most) return good(value);
  return bad(`${name} is ${quoted(text)}, expected a whole number from ${bounds.least} to ${bounds.most}`);
}

/** One of a few words. */
export function choiceSetting<Choice extends string>(environment: Environment, name: string, choices: readonly Choice[], otherwise: Choice): Setting<Choice> {
  const text = textOf(environment, name);
  if (text === null) return good(otherwise);
  const choice = choices.find((one) => one === text);
  return choice === undefined ? bad(`${name} is ${quoted(text)}, expected ${choices.join(', ')}`) : good(choice);
}
