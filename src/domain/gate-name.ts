/** Gates in the order in which a reader meets them. */
export const gateNames = ['change', 'contracts', 'governance', 'hallucination', 'drift'] as const;

export type GateName = (typeof gateNames)[number];

/** The gates that this engine version has. All of them are required, whatever is configured. */
export const requiredGates: readonly GateName[] = ['change', 'contracts', 'governance', 'hallucination', 'drift'];

const gateByPrefix: Readonly<Record<string, GateName>> = {
  snapshot: 'change',
  config: 'change',
  engine: 'change',
  audit: 'change',
  contract: 'contracts',
  schema: 'contracts',
  governance: 'governance',
  whitelist: 'governance',
  waiver: 'governance',
  policy: 'governance',
  hallucination: 'hallucination',
  usage: 'hallucination',
  drift: 'drift',
};

/** The gate that a finding code belongs to, by its prefix. */
export function gateOfCode(code: string): GateName {
  return gateByPrefix[code.slice(0, code.indexOf('/'))] ?? 'change';
}
