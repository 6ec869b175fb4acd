using System.Collections.Immutable;
using System.Globalization;
using MedTune.Prediction;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>A source model whose weights, all of them or those of its last layer, are fitted again and shrunk towards where they were.</summary>
/// <remarks>
/// Minimises the loss on the new data plus <c>penalty / (2 n) * |w - w_source|^2</c> (L2-SP; Li, Grandvalet and Davoine, ICML 2018): strong
/// penalties leave the source as it is, weak ones forget it.
/// </remarks>
internal sealed class RefitCandidate : AdaptedCandidate
{
    public const string All = "shrunk refit";
    public const string LastLayer = "last layer";

    private readonly ImmutableArray<double> _penalties;

    public RefitCandidate(ModelFile source, FeatureSpace space, string name, ImmutableArray<double> penalties)
        : base(source, space)
    {
        Name = name;

        // Every second one for what is no linear model: its refits cost more.
        var sorted = penalties.Sort((a, b) => b.CompareTo(a));
        _penalties = IsConvex ? sorted : [.. sorted.Where((_, place) => place % 2 == 0)];
    }

    public override string Name { get; }

    /// <summary>Whatever moves more than an intercept must win by more than noise.</summary>
    public override double Caution => 1.5;

    /// <summary>The last layer alone is a part of the whole refit.</summary>
    public override bool MayJoin => Name == All;

    public override ImmutableArray<string> Settings =>
        [.. _penalties.Select(penalty => $"shrinkage {penalty.ToString("0.####", CultureInfo.InvariantCulture)}")];

    /// <summary>Whether the weights that move enter the margin linearly, so that there is one optimum.</summary>
    private bool IsConvex => Name == LastLayer || !Source.Manifest.Head.Terms.IsEmpty;

    public override FitRecord Fit(FitTask task, FitProgressFile progress, CancellationToken cancellation)
    {
        var head = Head(task.Space, task.Stream);
        var moved = Name == All ? head.Parameters : LastParameters.Of(head);
        return FitPulled(
            head, [.. moved.Where(parameter => parameter.Name != head.Intercept), FreeIntercept(head)], _penalties, IsConvex, task, cancellation);
    }
}
