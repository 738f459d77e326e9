"""Exports of ad managers."""

from __future__ import annotations

from planner.actuals.formats import KnownExport

__all__ = ["ADS_EXPORTS"]

ADS_EXPORTS: tuple[KnownExport, ...] = (
    KnownExport(
        "LinkedIn Campaign Manager", ("Start Date (in UTC)", "Total Spent", "Impressions"),
        (("Start Date (in UTC)", "period"), ("Impressions", "impressions"), ("Clicks to Landing Page", "clicked"),
         ("Clicks", "clicked"), ("Total Spent", "cost")),
        "ads", account="Account Name",
    ),
    KnownExport(
        "LinkedIn Ads (warehouse)", ("day", "impressions", "landing_page_clicks", "cost_in_local_currency"),
        (("day", "period"), ("impressions", "impressions"), ("landing_page_clicks", "clicked"), ("cost_in_local_currency", "cost")),
        "ads",
    ),
    KnownExport(
        "Microsoft Ads (warehouse)", ("account_id", "campaign_id", "currency_code", "impressions", "clicks", "spend"),
        (("date", "period"), ("impressions", "impressions"), ("clicks", "clicked"), ("spend", "cost")),
        "ads",
    ),
    KnownExport(
        "Meta Ads", ("Reporting starts", "Reporting ends", "Link clicks", "Impressions"),
        (("Day", "period"), ("Reporting starts", "period"), ("Reporting ends", "period_end"),
         ("Impressions", "impressions"), ("Link clicks", "clicked"), ("Amount spent", "cost"), ("Results", "leads")),
        "ads", only_where=(("Results", "Result indicator", "lead"),),
    ),
    KnownExport(
        "Meta Ads", ("Amount spent", "Impressions", "Link clicks"),
        (("Day", "period"), ("Week", "period"), ("Month", "period"), ("Reporting starts", "period"),
         ("Impressions", "impressions"), ("Link clicks", "clicked"), ("Amount spent", "cost"), ("Results", "leads")),
        "ads", only_where=(("Results", "Result indicator", "lead"),),
    ),
    KnownExport(
        "Meta Ads", ("Kampagnenname", "Impressionen", "Reichweite", "Link-Klicks"),
        (("Tag", "period"), ("Beginn des Berichtszeitraums", "period"), ("Ende des Berichtszeitraums", "period_end"),
         ("Impressionen", "impressions"), ("Link-Klicks", "clicked"), ("Ausgegebener Betrag", "cost"),
         ("Ergebnisse", "leads")),
        "ads", only_where=(("Ergebnisse", "Ergebnisindikator", "lead"),),
    ),
    KnownExport(
        "Meta Ads", ("Nom de la campagne", "Montant dépensé", "Impressions"),
        (("Jour", "period"), ("Début des rapports", "period"), ("Fin des rapports", "period_end"),
         ("Impressions", "impressions"), ("Clics sur un lien", "clicked"), ("Montant dépensé", "cost"),
         ("Résultats", "leads")),
        "ads", only_where=(("Résultats", "Indicateur de résultat", "lead"),),
    ),
    KnownExport(
        "Google Ads", ("Campaign status", "Campaign", "Currency code", "Impr.", "Clicks"),
        (("Day", "period"), ("Impr.", "impressions"), ("Clicks", "clicked"), ("Cost", "cost")),
        "ads",
    ),
    KnownExport(
        "Google Ads", ("Campaign", "Impr.", "Clicks", "Cost"),
        (("Day", "period"), ("Week", "period"), ("Month", "period"), ("Impr.", "impressions"), ("Clicks", "clicked"),
         ("Cost", "cost")),
        "ads",
    ),
    KnownExport(
        "Google Ads", ("Kampagne", "Impressionen", "Klicks", "Kosten"),
        (("Tag", "period"), ("Impressionen", "impressions"), ("Klicks", "clicked"), ("Kosten", "cost")),
        "ads",
    ),
    KnownExport(
        "X Ads", ("Nombre de la campaña", "Importe gastado", "Impresiones", "Clics en el enlace"),
        (("Fecha", "period"), ("Impresiones", "impressions"), ("Clics en el enlace", "clicked"),
         ("Importe gastado", "cost")),
        "ads",
    ),
)  # fmt: skip
