using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>A weighted mean of other candidates' calibrated margins; the weights come from samples that none was fitted to.</summary>
/// <remarks>
/// Stacked regression with weights from 0 up that sum to 1 (Breiman, Machine Learning 24, 1996). Nothing is fitted again, and the weights are
/// a posterior mean, so that a few hundred samples do not overfit them.
/// </remarks>
internal sealed class StackCandidate(string name, ImmutableArray<Candidate> members) : Candidate
{
    public const string Kind = "stack";

    /// <summary>Its name where the members are ways to move one model, and models trained anew.</summary>
    public const string Mixture = "mixture";

    private const string Intercept = "stack/intercept";
    private const string MarginName = "stack/margin";

    public override string Name => name;

    public override ImmutableArray<string> Settings => [string.Join(" + ", Joining(members).Select(member => members[member].Name))];

    /// <summary>A mean of models is the safer answer where validation cannot tell: it gives way only where it is worse by a standard error.</summary>
    public override double Caution => -1;

    public override bool MayCalibrate => false;

    public override TabularHead Head(FeatureSpace space, ulong stream) =>
        throw new InvalidOperationException("A stack is put together from fitted members.");

    public override FitRecord Fit(FitTask task, FitProgressFile progress, CancellationToken cancellation) =>
        throw new InvalidOperationException("A stack is put together from fitted members.");

    /// <summary>The places of the candidates that take part.</summary>
    public static ImmutableArray<int> Joining(ImmutableArray<Candidate> candidates) =>
        [.. Enumerable.Range(0, candidates.Length).Where(place => candidates[place].MayJoin)];

    /// <summary>The weights for samples whose margins no member was fitted to, and what the stack makes of them.</summary>
    public CandidateScore Score(ImmutableArray<CandidateScore> scores, int[] classes)
    {
        int index = scores.Length;
        float[][] margins = [.. scores.Select(score => score.Calibration.Apply(score.Margins))];
        var joining = Joining(members);
        double[] joined = StackWeights.PosteriorMean([.. joining.Select(place => margins[place])], classes, StackWeights.FirstIsSafest);
        var weights = new double[margins.Length];
        for (int i = 0; i < joined.Length; i++)
        {
            weights[joining[i]] = joined[i];
        }

        float[] combined = StackWeights.Combine(margins, weights);
        int width = combined.Length / classes.Length;
        var losses = classes.Select((own, i) => PointwiseLoss.Of(combined.AsSpan(i * width, width), own)).ToImmutableArray();
        return new CandidateScore(index, 0, MarginCalibration.None, losses, combined, [losses.Average()]) { Weights = [.. weights] };
    }

    /// <summary>One graph of the members' heads; what moves later is the members' weights, their shares and one intercept.</summary>
    public static TabularHead Join(IReadOnlyList<(TabularHead Head, MarginCalibration Calibration, double Weight)> heads)
    {
        var builder = new GraphBuilder("medtune");
        var union = new GraphUnion(builder);
        var parameters = ImmutableArray.CreateBuilder<TrainableParameter>();
        var features = ImmutableArray.CreateBuilder<string>();
        Value? sum = null;
        double shift = 0;
        for (int i = 0; i < heads.Count; i++)
        {
            var (head, calibration, weight) = heads[i];
            string prefix = string.Create(CultureInfo.InvariantCulture, $"member{i + 1}/");
            var names = union.Append(head.Graph, prefix);
            var factor = builder.Initializer(union.Free($"{prefix}share", prefix), Tensor.Vector((float)(weight * calibration.Slope)));
            var part = builder.Append("Mul", [builder[names[head.Margin]], factor]);
            sum = sum is { } others ? builder.Append("Add", [others, part]) : part;
            shift += weight * calibration.Intercept;
            features.AddRange(head.Features.Select(name => names[name]));
            parameters.AddRange(head.Parameters.Where(parameter => parameter.Name != head.Intercept).Select(parameter => parameter with { Name = names[parameter.Name] }));
            parameters.Add(new TrainableParameter(factor.Name, true));
        }

        int width = sum!.Value.Type.Dimensions[1].Value ?? 1;
        var values = new float[width];
        Array.Fill(values, (float)shift);
        var intercept = builder.Initializer(union.Free(Intercept, "mixed/"), new Tensor<float>(new Shape(width), values));
        var stacked = builder.Append("Add", [sum.Value, intercept], outputName: union.Free(MarginName, "mixed/"));
        builder.Output(stacked);
        parameters.Add(new TrainableParameter(intercept.Name, false));
        return new TabularHead(
            builder.Build(), stacked.Name, intercept.Name, [.. parameters.DistinctBy(parameter => parameter.Name)], [.. features.Distinct(StringComparer.Ordinal)]);
    }
}
