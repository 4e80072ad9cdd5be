// What the columns of a file of orders are, by their headings in English and German, as shops write them. Pure; whoever
// imports may say otherwise.
import type { OrderImportTarget } from '#shared/admin/dial-up-contract.ts';
import type { CustomField } from '#shared/domain/call-form.ts';
import { recognisedColumns } from '../../imports/column-headings.ts';

const headings: Readonly<Record<Exclude<OrderImportTarget, `fields.${string}`>, readonly string[]>> = {
  externalId: [
    ...['externalid', 'orderid', 'ordernumber', 'orderno', 'order', 'id'],
    ...['bestellnummer', 'auftragsnummer', 'bestellung', 'auftrag'],
  ],
  status: ['status', 'orderstatus', 'state', 'bestellstatus'],
  goods: ['goods', 'items', 'products', 'product', 'article', 'ware', 'artikel', 'produkt', 'produkte'],
  sum: ['sum', 'total', 'amount', 'price', 'value', 'summe', 'betrag', 'preis', 'gesamtbetrag'],
  currency: ['currency', 'wahrung'],
  delivery: ['delivery', 'shipping', 'deliveryaddress', 'lieferung', 'versand', 'lieferadresse'],
  timeZone: ['timezone', 'zone', 'zeitzone'],
  recordExternalId: [
    ...['recordexternalid', 'recordid', 'customerid', 'customernumber', 'crmid'],
    ...['kundennummer', 'kundennr', 'kunde'],
  ],
  number: [
    ...['number', 'phone', 'phonenumber', 'telephone', 'tel', 'mobile', 'cell'],
    ...['telefon', 'telefonnummer', 'rufnummer', 'handy', 'mobil'],
  ],
  firstName: ['firstname', 'givenname', 'forename', 'vorname'],
  lastName: ['lastname', 'surname', 'familyname', 'name', 'fullname', 'nachname', 'familienname'],
  companyName: ['companyname', 'company', 'organisation', 'organization', 'firma', 'unternehmen'],
  email: ['email', 'emails', 'emailaddress', 'mail', 'emailadresse'],
  street: ['street', 'address', 'addressline1', 'strasse', 'adresse'],
  houseNumber: ['housenumber', 'houseno', 'hausnummer', 'hausnr'],
  zipCode: ['zipcode', 'zip', 'postcode', 'postalcode', 'plz', 'postleitzahl'],
  city: ['city', 'town', 'ort', 'stadt', 'wohnort'],
  country: ['country', 'land'],
};

/** By place; null where nobody can tell. @param fields those of the project's orders, which are known by key and label. */
export function recognisedOrderColumns(
  header: readonly string[],
  fields: readonly CustomField[],
): (OrderImportTarget | null)[] {
  return recognisedColumns(header, headings, fields, new Set());
}
