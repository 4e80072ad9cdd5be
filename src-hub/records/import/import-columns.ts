// What the columns of a file are, by their headings in English and German, as spreadsheets and other programs write them.
// Pure; whoever imports may say otherwise.
import type { ImportTarget } from '#shared/admin/records-contract.ts';
import type { CustomField } from '#shared/domain/call-form.ts';
import { recognisedColumns } from '../../imports/column-headings.ts';

const headings: Readonly<Record<Exclude<ImportTarget, `fields.${string}`>, readonly string[]>> = {
  externalId: [
    'externalid',
    'id',
    'customerid',
    'recordid',
    'crmid',
    'kundennummer',
    'kundennr',
    'datensatzid',
  ],
  kind: ['kind', 'type', 'recordtype', 'art', 'typ'],
  firstName: ['firstname', 'givenname', 'forename', 'vorname'],
  lastName: ['lastname', 'surname', 'familyname', 'name', 'fullname', 'nachname', 'familienname'],
  companyName: [
    'companyname',
    'company',
    'organisation',
    'organization',
    'firma',
    'firmenname',
    'unternehmen',
  ],
  'number.main': [
    'numbermain',
    'number',
    'numbers',
    'phone',
    'phonenumber',
    'telephone',
    'tel',
    'telefon',
    'telefonnummer',
    'rufnummer',
  ],
  'number.mobile': [
    'numbermobile',
    'mobile',
    'mobilephone',
    'cell',
    'cellphone',
    'handy',
    'mobil',
    'mobiltelefon',
  ],
  'number.work': [
    'numberwork',
    'workphone',
    'businessphone',
    'officephone',
    'telefongeschaftlich',
    'telefonarbeit',
  ],
  'number.home': ['numberhome', 'homephone', 'privatephone', 'telefonprivat', 'privattelefon'],
  'number.other': ['numberother', 'otherphone', 'phone2', 'telephone2', 'telefon2', 'weiterenummer'],
  emails: ['emails', 'email', 'emailaddress', 'mail', 'emailadresse'],
  street: ['street', 'address', 'addressline1', 'strasse', 'adresse'],
  houseNumber: ['housenumber', 'houseno', 'hausnummer', 'hausnr'],
  zipCode: ['zipcode', 'zip', 'postcode', 'postalcode', 'plz', 'postleitzahl'],
  city: ['city', 'town', 'ort', 'stadt', 'wohnort'],
  country: ['country', 'land'],
  description: ['description', 'notes', 'comment', 'remarks', 'beschreibung', 'bemerkung', 'notiz'],
  tags: ['tags', 'labels', 'keywords', 'schlagworter', 'stichworte'],
  owner: ['owner', 'agent', 'assignedto', 'besitzer', 'zustandig'],
};

/** Those of which there may be more than one column. */
export const repeatable: ReadonlySet<ImportTarget> = new Set([
  'number.main',
  'number.mobile',
  'number.work',
  'number.home',
  'number.other',
  'emails',
  'tags',
]);

/** By place; null where nobody can tell. @param fields the project's own, which are known by key and label. */
export function recognised(
  header: readonly string[],
  fields: readonly CustomField[],
): (ImportTarget | null)[] {
  return recognisedColumns(header, headings, fields, repeatable);
}
