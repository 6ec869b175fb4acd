namespace MedTune.Graphs.Operators;

/// <summary>Numbers from the normal distribution of <c>mean</c> (0) and standard deviation <c>scale</c> (1), of the shape of the input.</summary>
internal sealed class RandomNormalLike : DrawingOperator
{
    public override string Name => "RandomNormalLike";

    public override IEnumerable<OperatorCase> Cases =>
        DrawingCases(Attributes.None.With("mean", 1.5f).With("scale", 0f), Attributes.None.With("mean", 1.5f).With("scale", 2f));

    protected override bool IsLike => true;

    public override Action Compile(KernelContext context)
    {
        double mean = context.Attributes.Float("mean", 0), scale = context.Attributes.Float("scale", 1);
        var numbers = Draws.Of(context.Node);
        return Draws.Each(context, i => mean + (scale * numbers.Normal(i)));
    }
}
