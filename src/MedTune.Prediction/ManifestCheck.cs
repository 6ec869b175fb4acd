using MedTune.Data.Genes;
using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Prediction;

/// <summary>Checks that a manifest and the graph it came with belong together, so that later code may rely on both.</summary>
internal static class ManifestCheck
{
    public static void Throw(Manifest manifest, Graph graph)
    {
        Require(manifest.Format == 1, $"its manifest has form {manifest.Format}; this version of MedTune reads form 1.");
        Require(manifest.Task is "binary" or "multiclass" or Manifest.Multilabel, "its manifest names an unknown task.");
        Require(manifest is { Classes.IsDefault: false, Columns.IsDefault: false, MissingMarkers.IsDefault: false, Head.Parameters.IsDefault: false, Head.Features.IsDefault: false },
            "its manifest lacks classes, columns or the head.");
        Require(
            Texts(manifest.Classes) && Texts(manifest.MissingMarkers) && Texts(manifest.Head.Features)
                && manifest.Columns.All(column => column is not null && Texts(column.Levels)) && manifest.Head.Parameters.All(parameter => parameter?.Name is not null),
            "its manifest has holes in its lists.");
        Require(manifest.TrainingClassCounts.Length == manifest.Classes.Length, "its manifest counts other classes than it names.");
        Require(manifest.Classes.Length >= (manifest.HasFindings ? 1 : 2), manifest.HasFindings ? "its manifest names no findings." : "its manifest names fewer than two classes.");
        Require(manifest.Task != "binary" || manifest is { Classes.Length: 2, Threshold: >= 0 and <= 1 }, "its manifest lacks a threshold between 0 and 1.");
        Require(manifest.Sets is null || IsSound(manifest.Sets), "its manifest's prediction sets have no coverage between 0 and 1, or no threshold from 0 to 1.");
        CheckThresholds(manifest);
        if (manifest.Image is { } image)
        {
            CheckImage(image, manifest, graph);
        }
        else if (manifest.Genes is { } genes)
        {
            CheckGenes(genes, manifest, graph);
        }
        else
        {
            CheckColumns(manifest, graph);
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

        foreach (string name in manifest.Head.Parameters.Select(parameter => parameter.Name).Append(manifest.Head.Intercept))
        {
            Require(graph.Initializers.ContainsKey(name), "a weight its manifest names is not in its graph.");
        }

        foreach (var term in manifest.Head.Terms.IsDefault ? [] : manifest.Head.Terms)
        {
            CheckTerm(term, manifest, graph);
        }
    }

    private static void CheckThresholds(Manifest manifest)
    {
        if (!manifest.HasFindings)
        {
            Require(manifest.Thresholds is null && manifest.FindingSets is null, "its manifest has thresholds or prediction sets of findings, and answers classes.");
            return;
        }

        Require(
            manifest is { Threshold: null, Thresholds: { IsDefault: false } thresholds } && thresholds.Length == manifest.Classes.Length && thresholds.All(threshold => threshold is >= 0 and <= 1),
            "its manifest lacks a threshold between 0 and 1 for each finding.");
        Require(manifest.Classes.Distinct(StringComparer.Ordinal).Count() == manifest.Classes.Length, "its manifest names a finding twice.");
        Require(manifest.Sets is null, "its manifest has prediction sets, which are for classes.");
        Require(
            manifest.FindingSets is not { } sets || (!sets.IsDefault && sets.Length == manifest.Classes.Length && sets.All(IsSound)),
            "its manifest lacks prediction sets with a coverage between 0 and 1 and a threshold from 0 to 1 for each finding.");
        Require(manifest.Image is not null, "its manifest names findings of something else than pictures.");
    }

    private static bool IsSound(ManifestSets? sets) => sets is { Coverage: > 0 and < 1, Threshold: >= 0 and <= 1 };

    private static void CheckColumns(Manifest manifest, Graph graph)
    {
        Require(manifest.Columns.Length > 0 && manifest.Columns.Length == graph.Inputs.Length, "the columns of its manifest are not the inputs of its graph.");
        for (int i = 0; i < graph.Inputs.Length; i++)
        {
            var (column, input) = (manifest.Columns[i], graph.Inputs[i]);
            Require(column.Name == input.Name, $"column {i + 1} of its manifest is not the graph's input {i + 1}.");
            Require(column.Kind is "number" or "category" or "coded", $"column {i + 1} of its manifest has an unknown kind.");
            var expected = column.Kind == "category" ? ElementType.String : ElementType.Float;
            Require(input.Type.Element == expected && input.Type is { HasRank: true, Rank: 2 }, $"the graph's input {i + 1} does not fit its column.");
        }
    }

    private static void CheckImage(ManifestImage image, Manifest manifest, Graph graph)
    {
        Require(manifest.Columns.IsEmpty, "its manifest names both columns and pictures.");
        Require(
            graph.Inputs is [{ Name: ManifestImage.Pixels, Type: { Element: ElementType.Float, HasRank: true, Rank: 4 } }],
            $"its graph does not have the one input '{ManifestImage.Pixels}' that a model of pictures has.");
        Require(
            image is { Resized: not null, Features: not null, Network: not null, NetworkDigest: not null } && graph.Types.ContainsKey(image.Resized) && graph.Types.ContainsKey(image.Features),
            "a value its manifest names is not in its graph.");
        int channels = image.Order switch { "RGB" or "BGR" => 3, "grey" => 1, _ => 0 };
        Require(
            image is { Height: > 0, Width: > 0, Mean.IsDefault: false, Deviation.IsDefault: false } && channels > 0
                && image.Mean.Length == channels && image.Deviation.Length == channels && image.Deviation.All(value => value > 0),
            "its manifest does not say how pictures are normalized.");
    }

    private static void CheckGenes(ManifestGenes genes, Manifest manifest, Graph graph)
    {
        Require(manifest.Columns.IsEmpty, "its manifest names both columns and gene data.");
        Require(genes is { Build: not null, NetworkDigest: not null, Form: not GeneForm.None } && Texts(genes.Features), "its manifest does not say what gene data it takes.");
        bool isSequence = genes.Form == GeneForm.Sequence;
        Require(isSequence ? genes is { Length: > 0, Features.Length: 0 } : genes is { Length: 0, Features.Length: > 0 }, "its manifest names neither genes nor the length of sequences, or both.");
        int width = isSequence ? genes.Length : genes.Features.Length;
        Require(
            graph.Inputs is [{ Type: { HasRank: true, Rank: 2 } type } input] && input.Name == genes.Input && type.Element == (isSequence ? ElementType.Int64 : ElementType.Float)
                && type.Dimensions[1].Value == width,
            $"its graph does not have the one input '{genes.Input}' of {width} places that its manifest tells.");
    }

    private static void CheckTerm(ManifestTerm? term, Manifest manifest, Graph graph)
    {
        Require(
            term is not null && manifest.Columns.Any(column => column.Name == term.Column) && manifest.Head.Features.Contains(term.Input),
            "a term of its manifest belongs to no column.");
        Require(
            graph.Initializers.TryGetValue(term!.Weights, out var weights) && weights is Tensor<float> { Shape.Rank: 2 },
            "the weights of a term of its manifest are not in its graph.");
        int margins = manifest.Classes.Length == 2 ? 1 : manifest.Classes.Length;
        Require(weights!.Shape[1] == margins, "the weights of a term of its manifest have another number of margins.");
        Require(
            term.Index >= 0
                ? term.Index < weights.Shape[0] && graph.Types[term.Input].Element == ElementType.Float
                : !term.MeanContribution.IsDefault && term.MeanContribution.Length == margins && graph.Types[term.Input].Element == ElementType.Int64,
            "a term of its manifest does not fit its weights.");
    }

    private static bool Texts(System.Collections.Immutable.ImmutableArray<string> texts) => !texts.IsDefault && texts.All(text => text is not null);

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ModelFileException(otherwise);
        }
    }
}
