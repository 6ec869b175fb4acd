namespace MedTune.Graphs.Operators;

/// <summary>Numbers from the normal distribution of <c>mean</c> (0) and standard deviation <c>scale</c> (1), of the shape that the attribute lists.</summary>
internal sealed class RandomNormal : DrawingOperator
{
    public override string Name => "RandomNormal";

    public override IEnumerable<OperatorCase> Cases =>
        DrawingCases(Attributes.None.With("mean", 1.5f).With("scale", 0f), Attributes.None.With("mean", 1.5f).With("scale", 2f));

    protected override bool IsLike => false;

    public override Action Compile(KernelContext context)
    {
        double mean = context.Attributes.Float("mean", 0), scale = context.Attributes.Float("scale", 1);
        var numbers = Draws.Of(context.Node);
        return Draws.Each(context, i => mean + (scale * numbers.Normal(i)));
    }
}
