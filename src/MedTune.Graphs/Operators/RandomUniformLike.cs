namespace MedTune.Graphs.Operators;

/// <summary>Numbers drawn evenly from <c>low</c> (0) up to <c>high</c> (1), of the shape of the input.</summary>
internal sealed class RandomUniformLike : DrawingOperator
{
    public override string Name => "RandomUniformLike";

    public override IEnumerable<OperatorCase> Cases =>
        DrawingCases(Attributes.None.With("low", -2.5f).With("high", -2.5f), Attributes.None.With("low", -1f).With("high", 3f));

    protected override bool IsLike => true;

    public override Action Compile(KernelContext context)
    {
        double low = context.Attributes.Float("low", 0), high = context.Attributes.Float("high", 1);
        var numbers = Draws.Of(context.Node);
        return Draws.Each(context, i => low + ((high - low) * numbers.UniformDouble(i)));
    }
}
