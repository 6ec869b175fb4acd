using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Prediction;

/// <summary>Checks that a manifest and the graph it came with belong together, so that later code may rely on both.</summary>
internal static class ManifestCheck
{
    public static void Throw(Manifest manifest, Graph graph)
    {
        Require(manifest.Format == 1, $"its manifest has form {manifest.Format}; this version of MedTune reads form 1.");
        Require(manifest.Task is "binary" or "multiclass", "its manifest names an unknown task.");
        Require(manifest is { Classes.IsDefault: false, Columns.IsDefault: false, MissingMarkers.IsDefault: false, Head.Parameters.IsDefault: false, Head.Features.IsDefault: false },
            "its manifest lacks classes, columns or the head.");
        Require(manifest.Classes.Length >= 2, "its manifest names fewer than two classes.");
        Require(manifest.Task != "binary" || manifest is { Classes.Length: 2, Threshold: >= 0 and <= 1 }, "its manifest lacks a threshold between 0 and 1.");
        Require(manifest.Columns.Length > 0 && manifest.Columns.Length == graph.Inputs.Length, "the columns of its manifest are not the inputs of its graph.");
        for (int i = 0; i < graph.Inputs.Length; i++)
        {
            var (column, input) = (manifest.Columns[i], graph.Inputs[i]);
            Require(column.Name == input.Name, $"column {i + 1} of its manifest is not the graph's input {i + 1}.");
            Require(column.Kind is "number" or "category" or "coded", $"column {i + 1} of its manifest has an unknown kind.");
            var expected = column.Kind == "category" ? ElementType.String : ElementType.Float;
            Require(input.Type.Element == expected && input.Type is { HasRank: true, Rank: 2 }, $"the graph's input {i + 1} does not fit its column.");
        }

        var probabilities = graph.Outputs.FirstOrDefault(output => output.Name == ModelFile.ProbabilitiesOutput);
        Require(
            probabilities.Name is not null && probabilities.Type.Element == ElementType.Float && probabilities.Type is { HasRank: true, Rank: 2 },
            $"its graph has no output '{ModelFile.ProbabilitiesOutput}' of rank 2.");
        Require(
            probabilities.Type.Dimensions[1].Value is not { } width || width == manifest.Classes.Length,
            "its graph answers another number of classes than its manifest names.");
        foreach (string name in manifest.Head.Features.Append(manifest.Head.Margin).Append(manifest.Head.CalibratedMargin))
        {
            Require(graph.Types.ContainsKey(name), "a value its manifest names is not in its graph.");
        }

        foreach (string name in manifest.Head.Parameters.Select(parameter => parameter.Name).Concat(manifest.Head.Terms.Select(term => term.Weights)))
        {
            Require(graph.Initializers.ContainsKey(name), "a weight its manifest names is not in its graph.");
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ModelFileException(otherwise);
        }
    }
}
