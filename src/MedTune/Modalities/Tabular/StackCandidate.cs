using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>A weighted mean of the other candidates' calibrated margins; the weights come from samples that none was fitted to.</summary>
/// <remarks>
/// Stacked regression with weights from 0 up that sum to 1 (Breiman, Machine Learning 24, 1996). Nothing is fitted again: the weights are
/// chosen among tenths, so that a few hundred samples do not overfit them.
/// </remarks>
internal sealed class StackCandidate(ImmutableArray<Candidate> members) : Candidate
{
    public const string Kind = "stack";
    public const string Intercept = "stack/intercept";

    private const string MarginName = "stack/margin";
    private const int Steps = 10;

    public override string Name => Kind;

    public override ImmutableArray<string> Settings => [string.Join(" + ", members.Select(member => member.Name))];

    /// <summary>Several models must be worth their length: half a standard error.</summary>
    public override double Caution => 0.5;

    public override bool MayCalibrate => false;

    public override TabularHead Head(FeatureSpace space, ulong stream) =>
        throw new InvalidOperationException("A stack is put together from fitted members.");

    public override FitRecord Fit(FitTask task, FitProgressFile progress, CancellationToken cancellation) =>
        throw new InvalidOperationException("A stack is put together from fitted members.");

    /// <summary>The best weights for samples whose margins no member was fitted to.</summary>
    public static CandidateScore Score(int index, ImmutableArray<CandidateScore> scores, int[] classes)
    {
        float[][] margins = [.. scores.Select(score => score.Calibration.Apply(score.Margins))];
        double[] best = [];
        double least = double.PositiveInfinity;
        foreach (double[] weights in Weights(margins.Length))
        {
            double loss = PointwiseLoss.Mean(Combine(margins, weights), classes);
            if (loss < least)
            {
                (least, best) = (loss, weights);
            }
        }

        float[] combined = Combine(margins, best);
        int width = combined.Length / classes.Length;
        var losses = classes.Select((own, i) => PointwiseLoss.Of(combined.AsSpan(i * width, width), own));
        return new CandidateScore(index, 0, MarginCalibration.None, [.. losses], combined, [least]) { Weights = [.. best] };
    }

    /// <summary>The weighted mean of calibrated margins.</summary>
    public static float[] Combine(IReadOnlyList<float[]> margins, IReadOnlyList<double> weights)
    {
        var combined = new float[margins[0].Length];
        for (int member = 0; member < margins.Count; member++)
        {
            float weight = (float)weights[member];
            for (int i = 0; i < combined.Length; i++)
            {
                combined[i] = MathF.FusedMultiplyAdd(weight, margins[member][i], combined[i]);
            }
        }

        return combined;
    }

    /// <summary>One graph of the members' heads, each under names of its own, behind the preprocessing they share.</summary>
    public static TabularHead Join(FeatureSpace space, IReadOnlyList<(TabularHead Head, MarginCalibration Calibration, double Weight)> heads)
    {
        var builder = GraphBuilder.From(space.Graph);
        builder.ClearOutputs();
        var parameters = ImmutableArray.CreateBuilder<TrainableParameter>();
        Value? sum = null;
        double shift = 0;
        for (int i = 0; i < heads.Count; i++)
        {
            var (head, calibration, weight) = heads[i];
            string prefix = string.Create(CultureInfo.InvariantCulture, $"member{i + 1}/");
            var margin = Append(builder, head, space.Graph, prefix);
            var factor = builder.Initializer($"{prefix}share", Tensor.Vector((float)(weight * calibration.Slope)));
            var part = builder.Append("Mul", [margin, factor]);
            sum = sum is { } others ? builder.Append("Add", [others, part]) : part;
            shift += weight * calibration.Intercept;
            parameters.AddRange(head.Parameters.Select(parameter => parameter with { Name = prefix + parameter.Name }));
        }

        int width = sum!.Value.Type.Dimensions[1].Value ?? 1;
        var values = new float[width];
        Array.Fill(values, (float)shift);
        var intercept = builder.Initializer(Intercept, new Tensor<float>(new Shape(width), values));
        var stacked = builder.Append("Add", [sum.Value, intercept], outputName: MarginName);
        builder.Output(stacked);
        parameters.Add(new TrainableParameter(Intercept, false));
        return new TabularHead(builder.Build(), MarginName, Intercept, parameters.ToImmutable());
    }

    private static Value Append(GraphBuilder builder, TabularHead head, Graph shared, string prefix)
    {
        string Renamed(string name) => name.Length == 0 || shared.Types.ContainsKey(name) ? name : prefix + name;
        foreach (var (name, tensor) in head.Graph.Initializers.Where(pair => !shared.Types.ContainsKey(pair.Key)))
        {
            builder.Initializer(prefix + name, tensor);
        }

        foreach (var node in head.Graph.Nodes.Where(node => !node.Outputs.All(output => output.Length == 0 || shared.Types.ContainsKey(output))))
        {
            builder.Append(node with { Inputs = [.. node.Inputs.Select(Renamed)], Outputs = [.. node.Outputs.Select(Renamed)] });
        }

        return builder[Renamed(head.Margin)];
    }

    /// <summary>All weights in tenths that sum to 1, in a fixed order.</summary>
    private static IEnumerable<double[]> Weights(int members)
    {
        var parts = new int[members];
        parts[0] = Steps;
        while (true)
        {
            yield return Array.ConvertAll(parts, part => part / (double)Steps);

            // The next composition: one tenth moves on, all that gathered at the end comes back behind it.
            int place = members - 2;
            while (place >= 0 && parts[place] == 0)
            {
                place--;
            }

            if (place < 0)
            {
                yield break;
            }

            int rest = parts[^1];
            parts[^1] = 0;
            parts[place]--;
            parts[place + 1] = rest + 1;
        }
    }
}
