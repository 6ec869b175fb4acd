using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data.Genes;
using MedTune.Graphs;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune.Modalities.Genes;

/// <summary>The model of a run on gene data that is handed over, before and after its own figures are written into it.</summary>
internal sealed class GeneModel
{
    private const string Intercept = "head/intercept", Margin = "margin";

    private readonly Graph _graph;
    private readonly Manifest _manifest;
    private readonly ImmutableArray<ulong> _rows;

    private GeneModel(Graph graph, Manifest manifest, ImmutableArray<ulong> rows)
    {
        (_graph, _manifest, _rows) = (graph, manifest, rows);
        File = ModelFile.Create(graph, manifest, rows);
    }

    /// <summary>The model file as it is now.</summary>
    public ModelFile File { get; }

    /// <summary>What a model of these members is called.</summary>
    public static string KindOf(GeneChoice choice) => string.Join(" + ", Counting(choice).Select(member => member.Name));

    /// <summary>The members that count.</summary>
    public static IEnumerable<GeneMember> Counting(GeneChoice choice) => choice.Members.Where(member => member.Weight > 0);

    /// <summary>Puts graph and manifest together.</summary>
    /// <param name="plan">What was done.</param>
    /// <param name="set">All samples.</param>
    /// <param name="data">The same as the model sees them.</param>
    /// <param name="choice">What was chosen.</param>
    /// <param name="rows">The samples it knows.</param>
    public static GeneModel Create(Plan plan, GeneSet set, GeneData data, GeneChoice choice, int[] rows)
    {
        var (graph, calibrated) = Assemble(data, choice);
        var manifest = new Manifest
        {
            Version = ProductVersion.Text,
            NumericsProfile = NumericsProfile.Version,
            Task = data.ClassNames.Length == 2 ? "binary" : "multiclass",
            ModelKind = KindOf(choice),
            Target = set.Target,
            Classes = data.ClassNames,
            Columns = [],
            MissingMarkers = [],
            Genes = GenesOf(set, data, rows) with { NetworkDigest = plan.Genes!.NetworkDigest },
            Threshold = data.ClassNames.Length == 2 ? choice.Threshold : null,
            ThresholdRule = plan.Threshold,
            Calibration = Counting(choice).Count() > 1 ? choice.Calibration.Name : Counting(choice).First().Calibration.Name,
            TrainingSamples = rows.Length,
            TrainingClassCounts = [.. Enumerable.Range(0, data.ClassNames.Length).Select(label => rows.Count(row => data.Classes[row] == label))],
            DataDigest = set.Digest,
            Seed = plan.Seed,
            Head = new ManifestHead { Margin = Margin, CalibratedMargin = calibrated, Features = [data.InputName], Parameters = [], Intercept = Intercept },
        };
        return new GeneModel(graph, manifest, [.. rows.Select(row => DigestOf(manifest, set, row))]);
    }

    /// <summary>How many samples the model was trained on, by what it reads of them and their class.</summary>
    public static int SeenRows(ModelFile model, GeneSet set)
    {
        var seen = TrainingRows.Of(model);
        return Enumerable.Range(0, set.RowNumbers.Length).Count(row => seen.Contains(DigestOf(model.Manifest, set, row)));
    }

    /// <summary>The same model with its figures.</summary>
    public ModelFile WithMetrics(ImmutableArray<PartEvaluation> parts, ManifestSets? sets) => ModelFile.Create(
        _graph,
        _manifest with
        {
            Metrics = ModelMetrics.Of(parts),
            Sets = sets,
            MeasuredSamples = parts.ToImmutableSortedDictionary(part => part.Part, part => part.Predictions.Length, StringComparer.Ordinal),
        },
        _rows);

    /// <summary>One graph of the members' graphs, their calibrations and what each counts.</summary>
    private static (Graph Graph, string CalibratedMargin) Assemble(GeneData data, GeneChoice choice)
    {
        var builder = new GraphBuilder("medtune");
        var union = new GraphUnion(builder);
        Value? sum = null;
        double shift = 0;
        int place = 0;
        foreach (var member in Counting(choice))
        {
            string prefix = string.Create(CultureInfo.InvariantCulture, $"member{++place}/");
            var names = union.Append(member.Fit.Graph, prefix);
            var share = builder.Initializer(prefix + "share", Tensor.Vector((float)(member.Weight * member.Calibration.Slope)));
            var part = builder.Append("Mul", [builder[names[GeneFit.MarginsName]], share]);
            sum = sum is { } others ? builder.Append("Add", [others, part]) : part;
            shift += member.Weight * member.Calibration.Intercept;
        }

        var values = new float[data.Margins];
        Array.Fill(values, (float)shift);
        var intercept = builder.Initializer(Intercept, new Tensor<float>(new Shape(values.Length), values));
        var margin = builder.Append("Add", [sum!.Value, intercept], outputName: Margin);
        var calibrated = ProbabilityNodes.Append(builder, margin, choice.Calibration, data.ClassNames.Length);
        return (builder.Build(), calibrated.Name);
    }

    private static ManifestGenes GenesOf(GeneSet set, GeneData data, int[] rows)
    {
        if (data.Input == GeneForm.Sequence)
        {
            return new ManifestGenes { Input = data.InputName, Length = data.Length, ShortestSequence = rows.Min(row => data.Sequences[row].Length) };
        }

        (float least, float most) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (int row in rows)
        {
            foreach (float value in data.RowOf(row))
            {
                (least, most) = (value < least ? value : least, value > most ? value : most);
            }
        }

        return new ManifestGenes
        {
            Input = data.InputName,
            Features = data.Features,
            Minimum = float.IsFinite(least) ? least : null,
            Maximum = float.IsFinite(most) ? most : null,
            Build = set.Build == GenomeBuild.Unknown ? "" : set.Build.ToString(),
        };
    }

    private static ulong DigestOf(Manifest manifest, GeneSet set, int row) => TrainingRows.Digest(manifest.DataDigest, [set.InputDigest(row)], set.Classes[set.Labels[row]]);
}
