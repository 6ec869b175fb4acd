using System.Globalization;
using System.Text.Json.Nodes;

namespace MedTune.Cli.Output;

/// <summary>Pretrained models and the contents of model files, for people and for machines.</summary>
internal static class ModelTables
{
    private const int MostOperators = 12;
    private const int LongestMetadata = 120;
    private const int LongestName = 26;

    /// <summary>The catalogue.</summary>
    public static void List(Screen screen, ModelStore store, ModelCatalogue catalogue)
    {
        if (screen.IsJson)
        {
            screen.Json(new JsonObject
            {
                ["folder"] = store.Folder,
                ["models"] = new JsonArray([.. catalogue.Entries.Select(entry => (JsonNode?)Document(store, entry))]),
            });
            return;
        }

        var table = new ConsoleTable().Column("model", isWrapped: false).Column("what it is").Column("licence", isWrapped: false).Numbers("size").Column("", isWrapped: false);
        foreach (CatalogueEntry entry in catalogue.Entries)
        {
            table.Row(entry.Name, $"{entry.Description} ({entry.Modality})", entry.Licence, Size(entry.Size), StateOf(store, entry));
        }

        screen.Table(table);
        screen.Paragraph($"Models lie in {store.Folder}.");
        screen.Paragraph($"Known on hubs, each to be brought by an entry of your own in {ModelCatalogue.FileName}: {string.Join("; ", HubModel.All.Select(model => $"{model.Name} ({model.Licence})"))}.");
    }

    /// <summary>One model of the catalogue.</summary>
    public static void Entry(Screen screen, ModelStore store, CatalogueEntry entry)
    {
        if (screen.IsJson)
        {
            screen.Json(Document(store, entry));
            return;
        }

        screen.Heading(entry.Name);
        screen.Paragraph($"{entry.Description}.", indent: 2);
        Pair(screen, "network", entry.Architecture);
        Pair(screen, "trained on", entry.Modality);
        Pair(screen, "licence", entry.Licence);
        Pair(screen, "origin", entry.Origin);
        Pair(screen, "address", entry.Source ?? "none: put the file into the folder of models by hand");
        Pair(screen, "file", $"{store.PathOf(entry)} ({StateOf(store, entry).Text})");
        Pair(screen, "size", string.Create(CultureInfo.InvariantCulture, $"{entry.Size} bytes"));
        Pair(screen, "sha256", entry.Sha256);
        if (entry.Input is { } input)
        {
            Pair(screen, "image", string.Create(CultureInfo.InvariantCulture,
                $"{input.Order}, {input.Height} x {input.Width} pixels, (value of 0 to 255 - mean) / deviation with mean {Numbers(input.Mean)} and deviation {Numbers(input.Deviation)}"));
        }
    }

    /// <summary>What came of fetching a model.</summary>
    public static void Pulled(Screen screen, CatalogueEntry entry, string path, long fetched)
    {
        if (screen.IsJson)
        {
            screen.Json(new JsonObject { ["name"] = entry.Name, ["path"] = path, ["sha256"] = entry.Sha256, ["fetched_bytes"] = fetched, ["licence"] = entry.Licence });
            return;
        }

        screen.Line(fetched == 0 ? $"There already, with the right digest: {path}" : $"Fetched {Size(fetched)}, the digest is right: {path}");
    }

    /// <summary>What is in a model file, and how it would run.</summary>
    public static void Contents(Screen screen, ModelContents contents, ModelPlan? plan)
    {
        if (screen.IsJson)
        {
            screen.Json(Document(contents, plan));
            return;
        }

        screen.Heading($"{contents.Path}: {contents.Name}");
        Pair(screen, "size", string.Create(CultureInfo.InvariantCulture, $"{Size(contents.Size)}, {FigureText.Count(contents.Parameters)} parameters"));
        Pair(screen, "sha256", contents.Digest);
        Pair(screen, "operators", string.Join(", ", contents.Operators.Take(MostOperators).Select(use => $"{use.Operator} {use.Count}")) +
            (contents.Operators.Length > MostOperators ? $" and {contents.Operators.Length - MostOperators} more" : ""));
        foreach (var (key, value) in contents.Metadata)
        {
            Pair(screen, key, value.Length > LongestMetadata ? $"{value[..LongestMetadata]}... ({value.Length} letters)" : value);
        }

        screen.Line();
        var table = new ConsoleTable().Column("").Column("name").Column("holds").Column("shape");
        foreach (var (what, values) in new[] { ("input", contents.Inputs), ("output", contents.Outputs) })
        {
            foreach (ModelValue value in values)
            {
                table.Row(what, value.Name, value.Type, value.Shape);
            }
        }

        screen.Table(table);
        if (plan is not null)
        {
            Plan(screen, plan);
        }
    }

    private static void Plan(Screen screen, ModelPlan plan)
    {
        screen.Line();
        screen.Heading("The steps in order:");
        var table = new ConsoleTable().Numbers("step").Column("operator", isWrapped: false).Column("computes").Column("fused").Column("shape", isWrapped: false)
            .Numbers("memory").Numbers("products").Column("at");
        for (int i = 0; i < plan.Steps.Length; i++)
        {
            ModelPlanStep step = plan.Steps[i];
            table.Row(
                FigureText.Count(i + 1),
                Shortened(step.Operator),
                Shortened(step.Output.Replace(":blocked", "", StringComparison.Ordinal).Replace("again:", "", StringComparison.Ordinal)),
                step.IsRecomputed ? "again" : step.Fused.Length == 0 ? FigureText.None : step.Fused,
                Shortened(step.Shape),
                Size(step.Bytes),
                step.MultiplyAdds == 0 ? FigureText.None : Millions(step.MultiplyAdds),
                step.Overwritten is not null ? "in place" : step.Offset is long offset ? Size(offset) : "own");
        }

        screen.Table(table);
        screen.Paragraph(
            $"{Millions(plan.MultiplyAdds)} products (multiplications with an addition). Computed values share {Size(plan.SharedBytes)} (without sharing: {Size(plan.UnsharedBytes)}), " +
            $"stored tensors take {Size(plan.StoredBytes)}. 'fused' is what was a step of its own in the model; " +
            "'at' is where a value starts in the shared memory; 'in place' takes over an input's memory.");
        if (plan.StateBytes > 0)
        {
            screen.Paragraph(
                $"A training step with SGD with momentum takes {Size(plan.TotalBytes)} in all: the above, the inputs, and {Size(plan.StateBytes)} of the optimizer. " +
                $"'again' marks what the backward pass computes a second time instead of keeping it: {Size(plan.RecomputedBytes)}.");
        }
    }

    private static JsonObject Document(ModelStore store, CatalogueEntry entry)
    {
        var document = new JsonObject
        {
            ["name"] = entry.Name,
            ["description"] = entry.Description,
            ["architecture"] = entry.Architecture,
            ["modality"] = entry.Modality,
            ["licence"] = entry.Licence,
            ["origin"] = entry.Origin,
            ["source"] = entry.Source,
            ["sha256"] = entry.Sha256,
            ["size"] = entry.Size,
            ["path"] = store.PathOf(entry),
            ["is_here"] = store.Has(entry),
        };
        document["input"] = entry.Input is not { } input ? null : new JsonObject
        {
            ["order"] = input.Order,
            ["mean"] = new JsonArray([.. input.Mean.Select(JsonText.Number)]),
            ["deviation"] = new JsonArray([.. input.Deviation.Select(JsonText.Number)]),
            ["height"] = input.Height,
            ["width"] = input.Width,
        };
        return document;
    }

    private static JsonObject Document(ModelContents contents, ModelPlan? plan)
    {
        var document = new JsonObject
        {
            ["path"] = contents.Path,
            ["name"] = contents.Name,
            ["size"] = contents.Size,
            ["sha256"] = contents.Digest,
            ["parameters"] = contents.Parameters,
            ["inputs"] = new JsonArray([.. contents.Inputs.Select(Document)]),
            ["outputs"] = new JsonArray([.. contents.Outputs.Select(Document)]),
            ["operators"] = new JsonObject(contents.Operators.Select(use => KeyValuePair.Create(use.Operator, (JsonNode?)JsonValue.Create(use.Count)))),
            ["metadata"] = new JsonObject(contents.Metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value)))),
        };
        if (plan is not null)
        {
            document["plan"] = new JsonObject
            {
                ["multiply_adds"] = plan.MultiplyAdds,
                ["shared_bytes"] = plan.SharedBytes,
                ["unshared_bytes"] = plan.UnsharedBytes,
                ["stored_bytes"] = plan.StoredBytes,
                ["optimizer_bytes"] = plan.StateBytes,
                ["recomputed_bytes"] = plan.RecomputedBytes,
                ["total_bytes"] = plan.TotalBytes,
                ["steps"] = new JsonArray([.. plan.Steps.Select(Document)]),
            };
        }

        return document;
    }

    private static JsonNode Document(ModelValue value) => new JsonObject { ["name"] = value.Name, ["type"] = value.Type, ["shape"] = value.Shape };

    private static JsonNode Document(ModelPlanStep step) => new JsonObject
    {
        ["operator"] = step.Operator,
        ["output"] = step.Output,
        ["shape"] = step.Shape,
        ["bytes"] = step.Bytes,
        ["multiply_adds"] = step.MultiplyAdds,
        ["fused"] = step.Fused,
        ["recomputed"] = step.IsRecomputed,
        ["offset"] = step.Offset,
        ["overwritten"] = step.Overwritten,
    };

    private static void Pair(Screen screen, string label, string text)
    {
        if (text.Length > 0)
        {
            string first = $"  {label}: ";
            screen.Paragraph(text, indent: Math.Max(14, first.Length), firstLine: first.PadRight(14));
        }
    }

    private static Cell StateOf(ModelStore store, CatalogueEntry entry) => store.Has(entry) ? new Cell("here", Emphasis.Good) : entry.Source is null ? "by hand" : "to fetch";

    private static string Numbers(IEnumerable<double> numbers) => string.Join(", ", numbers.Distinct().Count() == 1 ? numbers.Take(1).Select(FigureText.Value) : numbers.Select(FigureText.Value));

    private static string Size(long bytes) => bytes switch
    {
        < 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.0} GiB"),
    };

    private static string Millions(long count) => count < 1_000_000
        ? FigureText.Count(count)
        : string.Create(CultureInfo.InvariantCulture, $"{count / 1e6:#,0.0} M");

    // The end of a name tells more than its beginning: layer4.1.conv2.
    private static string Shortened(string name) => name.Length <= LongestName ? name : string.Concat("…", name.AsSpan(name.Length - LongestName + 1));
}
