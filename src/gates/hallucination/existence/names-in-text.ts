/** What a text names, as it is written: of `Cart.add` each part. */
export function namesInText(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_$]+/gu) ?? [];
}
