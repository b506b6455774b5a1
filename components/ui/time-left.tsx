interface TimeLeftProps {
  /** A sentence with `{time}` for the time that is left. */
  readonly words: string;
  readonly seconds: number;
}

/** Says how long something still waits: minutes and seconds, as a clock that runs backwards. */
export function TimeLeft({ words, seconds }: TimeLeftProps) {
  const [before, after] = words.split('{time}');
  return (
    <>
      {before}
      <bdi dir="ltr" className="tabular-nums">
        {`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`}
      </bdi>
      {after}
    </>
  );
}
