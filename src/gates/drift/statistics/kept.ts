/** Keeps the last values that were computed for a key; the same key MUST always mean the same value. */
export function kept<Value>(most = 20): (key: string, compute: () => Value) => Value {
  const values = new Map<string, Value>();
  return (key, compute) => {
    const known = values.get(key);
    if (known !== undefined) return known;
    const value = compute();
    if (values.size >= most) values.clear();
    values.set(key, value);
    return value;
  };
}
