// Loaded into a portal whose clock shall be wrong: `Date` is off by CLOCK_OFF_BY_MINUTES. Timers are not, as on such a machine.
const offset = Number(process.env.CLOCK_OFF_BY_MINUTES) * 60_000;
const RealDate = Date;

globalThis.Date = new Proxy(RealDate, {
  construct: (_target, parts, newTarget) =>
    Reflect.construct(RealDate, parts.length === 0 ? [RealDate.now() + offset] : parts, newTarget),
  apply: () => new RealDate(RealDate.now() + offset).toString(),
  get: (target, name) => (name === 'now' ? () => RealDate.now() + offset : Reflect.get(target, name)),
});
