import { useTranslation } from 'react-i18next';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A moment as a distance from `now`, rounded to one unit: "3 sec. ago". Clocks may differ a little: never in the future. */
export function ago(language: string, then: Date, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - then.getTime()) / 1000));
  const format = new Intl.RelativeTimeFormat(language, { style: 'short', numeric: 'always' });
  if (seconds < MINUTE) {
    return format.format(-seconds, 'second');
  }
  if (seconds < HOUR) {
    return format.format(-Math.floor(seconds / MINUTE), 'minute');
  }
  if (seconds < DAY) {
    return format.format(-Math.floor(seconds / HOUR), 'hour');
  }
  return format.format(-Math.floor(seconds / DAY), 'day');
}

export interface Formats {
  number: (value: number) => string;
  /** Date and time to the second, in the zone of the reader. */
  moment: (value: Date | string) => string;
  ago: (then: Date | string, now: Date) => string;
  /** A span of time given in milliseconds, in seconds or minutes. */
  duration: (millis: number) => string;
}

/** Numbers and times in the language of the console. */
export function useFormats(): Formats {
  const { language } = useTranslation().i18n;
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
  const number = new Intl.NumberFormat(language);
  const seconds = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  });
  const minutes = new Intl.NumberFormat(language, { style: 'unit', unit: 'minute', unitDisplay: 'short' });
  return {
    number: (value) => number.format(value),
    moment: (value) => moment.format(new Date(value)),
    ago: (then, now) => ago(language, new Date(then), now),
    duration: (millis) => {
      const whole = Math.floor(millis / 1000);
      return whole < MINUTE
        ? seconds.format(millis / 1000)
        : `${minutes.format(Math.floor(whole / MINUTE))} ${seconds.format(whole % MINUTE)}`;
    },
  };
}
