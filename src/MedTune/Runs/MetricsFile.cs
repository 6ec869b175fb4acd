using System.Text;
using System.Text.Json;
using MedTune.Evaluation;

namespace MedTune;

/// <summary>Writes <c>metrics.json</c>: part, metric, and value, low, high and method; and the sites, where they were left out in turn.</summary>
internal static class MetricsFile
{
    public static string ToText(IEnumerable<PartEvaluation> parts, SiteFigures? sites = null)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            foreach (var part in parts.OrderBy(part => part.Part, StringComparer.Ordinal))
            {
                writer.WriteStartObject(part.Part);

                // Of several classes or findings, each has its own figures beside the overall ones: recall_<class>.
                foreach (var (name, estimate) in part.Multiclass?.AllMetrics() ?? part.Multilabel?.AllMetrics() ?? (IEnumerable<KeyValuePair<string, Estimate>>)part.Metrics)
                {
                    Write(writer, name, estimate);
                }

                writer.WriteEndObject();
            }

            if (sites is not null)
            {
                SiteMetrics.Write(writer, sites);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    /// <summary>A figure with its interval.</summary>
    public static void Write(Utf8JsonWriter writer, string name, Estimate estimate)
    {
        writer.WriteStartObject(name);
        Number(writer, "value", estimate.Value);
        Number(writer, "low", estimate.Low);
        Number(writer, "high", estimate.High);
        writer.WriteString("method", estimate.Method);
        writer.WriteEndObject();
    }

    /// <summary>A number, or null where it is not known.</summary>
    public static void Number(Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
