using System.Collections.Immutable;
using System.Text.Json.Nodes;
using MedTune.Data;

namespace MedTune.Cli.Output;

/// <summary>What is in a dataset, for machines.</summary>
internal static class DataDocument
{
    public static JsonObject Of(string path, DatasetSummary summary, string? next = null)
    {
        var document = new JsonObject
        {
            ["data"] = path,
            ["format"] = summary.Format,
            ["file_rows"] = summary.FileRows,
            ["file_columns"] = summary.FileColumns,
            ["rows"] = summary.Rows,
            ["left_out"] = Array(summary.LeftOut, left => new JsonObject { ["reason"] = left.Reason, ["count"] = left.Count }),
            ["target"] = summary.Target.Length == 0 ? null : summary.Target,
            ["classes"] = Array(summary.Classes, count => new JsonObject { ["name"] = count.Name, ["count"] = count.Count }),
            ["features"] = summary.Features,
            ["patients"] = summary.Patients,
            ["sites"] = summary.Sites,
            ["duplicate_rows"] = summary.DuplicateRows,
            ["missing_share"] = JsonText.Number(summary.MissingShare),
            ["columns"] = Array(summary.Columns, Column),
            ["findings"] = Findings(summary),
            ["digest"] = summary.Digest,
        };
        if (next is not null)
        {
            document["next"] = next;
        }

        return document;
    }

    /// <summary>The findings alone.</summary>
    public static JsonArray Findings(DatasetSummary summary) => Findings(summary.Findings);

    /// <summary>Findings, one object each.</summary>
    public static JsonArray Findings(ImmutableArray<Finding> findings) => Array(findings, finding => new JsonObject
    {
        ["code"] = finding.Code,
        ["severity"] = JsonText.Word(finding.Severity),
        ["column"] = finding.Column,
        ["count"] = finding.Count,
        ["message"] = finding.Message,
        ["action"] = finding.Action,
    });

    private static JsonObject Column(ColumnProfile column) => new()
    {
        ["name"] = column.Name,
        ["kind"] = JsonText.Word(column.Kind),
        ["why"] = column.WhyKind,
        ["role"] = JsonText.Word(column.Role),
        ["known"] = column.Known,
        ["missing"] = column.Missing,
        ["distinct"] = column.Distinct,
        ["minimum"] = JsonText.Number(column.Minimum),
        ["maximum"] = JsonText.Number(column.Maximum),
        ["mean"] = JsonText.Number(column.Mean),
        ["unit"] = column.Unit,
        ["levels"] = Array(column.Levels, level => new JsonObject { ["level"] = level.Level, ["count"] = level.Count }),
    };

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode> write) => [.. items.Select(item => (JsonNode?)write(item))];
}
