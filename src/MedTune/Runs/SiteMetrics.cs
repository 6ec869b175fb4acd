using System.Text.Json;
using MedTune.Evaluation;

namespace MedTune;

/// <summary>Writes the sites that were left out in turn as a part <c>sites</c> of <c>metrics.json</c>.</summary>
internal static class SiteMetrics
{
    public static void Write(Utf8JsonWriter writer, SiteFigures figures)
    {
        writer.WriteStartObject("sites");
        writer.WriteStartObject("left_out");
        foreach (var site in figures.Sites.Where(site => !site.IsTooFew))
        {
            writer.WriteStartObject(site.Name);
            Count(writer, "rows", site.Count);
            Count(writer, "patients", site.Patients);
            Count(writer, "events", site.Events);
            foreach (var (name, estimate) in site.Metrics)
            {
                MetricsFile.Write(writer, name, estimate);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteStartArray("too_small");
        foreach (var site in figures.Sites.Where(site => site.IsTooFew))
        {
            writer.WriteStringValue(site.Name);
        }

        writer.WriteEndArray();
        writer.WriteNumber("straddling_patients", figures.Straddling);
        writer.WriteStartObject("summary");
        foreach (var (name, summary) in figures.Summaries)
        {
            Write(writer, name, summary);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, RandomEffectsSummary summary)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("sites", summary.Sites);
        writer.WriteString("scale", summary.Scale);
        MetricsFile.Write(writer, "mean", summary.Mean);
        MetricsFile.Write(writer, "prediction", summary.Prediction);
        MetricsFile.Number(writer, "tau", summary.Tau);
        writer.WriteEndObject();
    }

    private static void Count(Utf8JsonWriter writer, string name, int? count)
    {
        if (count is { } known)
        {
            writer.WriteNumber(name, known);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
