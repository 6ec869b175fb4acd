using System.Collections.Immutable;
using System.Globalization;
using MedTune.Prediction;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>A source model as it is, with a new intercept, or with a new intercept and a new slope: the order of the patients stays.</summary>
internal sealed class RecalibrationCandidate : AdaptedCandidate
{
    public const string AsIs = "as is";
    public const string NewIntercept = "new intercept";
    public const string InterceptAndSlope = "intercept and slope";

    private static readonly ImmutableArray<double> SlopePenalties = [10, 3];

    public RecalibrationCandidate(ModelFile source, FeatureSpace space, string name)
        : base(source, space) => Name = name;

    public override string Name { get; }

    /// <summary>
    /// A shrunk intercept hardly overfits, and prevalence always differs between hospitals: it need only not be worse. A slope must win by a
    /// standard error: a hospital should not leave a validated model for a difference that may be noise.
    /// </summary>
    public override double Caution => Name switch { AsIs => 0, NewIntercept => -1, _ => 1 };

    /// <summary>Only the intercept joins a mixture: the others are the same model but for a stretch.</summary>
    public override bool MayJoin => Name == NewIntercept;

    public override ImmutableArray<string> Settings => Name switch
    {
        AsIs => ["unchanged"],
        NewIntercept => ["intercept only"],
        _ => [.. SlopePenalties.Select(penalty => $"shrinkage {penalty.ToString("0.####", CultureInfo.InvariantCulture)}")],
    };

    public override TabularHead Head(FeatureSpace space, ulong stream)
    {
        var head = base.Head(space, stream);
        if (Name != InterceptAndSlope)
        {
            return head;
        }

        var (graph, margin) = TabularModel.WithCalibration(head.Graph, head.Margin);
        return head with { Graph = graph, Margin = margin };
    }

    public override FitRecord Fit(FitTask task, FitProgressFile progress, CancellationToken cancellation)
    {
        if (Name == AsIs)
        {
            return new FitRecord { ["0/unchanged"] = [1] };
        }

        var head = Head(task.Space, task.Stream);
        return Name == NewIntercept
            ? FitPulled(head, [FreeIntercept(head)], [0], isConvex: true, task, cancellation)
            : FitPulled(head, [new TrainableParameter(ModelFile.CalibrationSlope, true), FreeIntercept(head)], SlopePenalties, isConvex: true, task, cancellation);
    }
}
