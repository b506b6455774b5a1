import { expect, test } from 'vitest';
import { embeddedDatabase, postgresDatabase } from './database';

test('a PostgreSQL address becomes a JDBC URL, with the credentials apart', () => {
  expect(postgresDatabase('postgres://kc:p%40ss@db.local:5433/keycloak')).toEqual({
    vendor: 'postgres',
    url: 'jdbc:postgresql://db.local:5433/keycloak',
    env: { KC_DB_USERNAME: 'kc', KC_DB_PASSWORD: 'p@ss' },
  });
  expect(postgresDatabase('postgres://kc@db.local/keycloak').url).toBe('jdbc:postgresql://db.local:5432/keycloak');
});

test.each(['mysql://a:b@c/d', 'postgres://host', 'nonsense'])('%s is refused', (address) => {
  expect(() => postgresDatabase(address)).toThrow(/must look like postgres:/);
});

test('an embedded database is a file of its own', () => {
  expect(embeddedDatabase('/run/one').url).toMatch(/^jdbc:h2:file:\/run\/one\/keycloak;/);
});
