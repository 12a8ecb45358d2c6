export function ClassRoute() {
  return null;
}
