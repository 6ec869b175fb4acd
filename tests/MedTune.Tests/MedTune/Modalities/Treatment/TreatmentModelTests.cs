using MedTune.Modalities.Treatment;
using MedTune.Tensors;

namespace MedTune.Tests.Modalities.Treatment;

/// <summary>The search over learners: finds the effects that are there, none where there are none, and the same bits however it runs.</summary>
public sealed class TreatmentModelTests
{
    [Fact]
    public void Fit_EffectsThatDiffer_AreFoundByEveryLearner()
    {
        var trial = MadeTrial.Make(600, 1);
        var other = MadeTrial.Make(600, 2);
        var model = TreatmentModel.Fit(trial.Task(), keepsOthers: true);

        Assert.NotEqual(TreatmentModel.Alike, model.Chosen);
        Assert.InRange(model.Share, 0.9, 1);
        Assert.Equal(10, model.Others.Length);
        int[] rows = other.Rows;
        double[] propensities = [.. rows.SelectMany(_ => new[] { 0.5, 0.5 })];
        double spread = Error(other.Effects, [.. rows.Select(_ => 1.0)]);
        Assert.All(model.Others, learner => Assert.InRange(Error(other.Effects, learner.Model.Effects(other.Samples.Features, rows, propensities)), 0, 0.6 * spread));
    }

    [Fact]
    public void Fit_SeveralArms_FindsTheEffectOfEach()
    {
        var trial = MadeTrial.Make(900, 3, arms: 3);
        var model = TreatmentModel.Fit(trial.Task(null, BaseKind.Smooth));
        double[] effects = model.Effects(trial.Rows), outcomes = model.Outcomes(trial.Rows);

        Assert.InRange(Error(trial.Effects, [.. effects.Where((_, i) => i % 2 == 0)]), 0, 0.6);
        Assert.InRange(Error([.. trial.Effects.Select(effect => 2 * effect)], [.. effects.Where((_, i) => i % 2 == 1)]), 0, 0.6);
        Assert.Equal(effects[1], outcomes[2] - outcomes[0], 1e-12);
    }

    [Fact]
    public void Fit_NoDifferences_SeldomClaimsAny()
    {
        // Of ten trials without differences at most two may keep any; the seeds are fixed.
        int kept = Enumerable.Range(0, 10).Count(seed => TreatmentModel.Fit(MadeTrial.Make(200, (ulong)seed + 40, strength: 0).Task(null, BaseKind.Smooth)).Share > 0);

        Assert.InRange(kept, 0, 2);
    }

    [Fact]
    public void Fit_PermutedArms_SeldomClaimsAny()
    {
        int kept = 0;
        for (ulong seed = 0; seed < 10; seed++)
        {
            var trial = MadeTrial.Make(200, seed);
            int[] arms = [.. trial.Samples.Arms];
            new Philox(seed, RandomPurpose.Shuffling, 3).Shuffle(arms);
            kept += TreatmentModel.Fit((trial with { Samples = trial.Samples with { Arms = arms } }).Task(null, BaseKind.Smooth)).Share > 0 ? 1 : 0;
        }

        Assert.InRange(kept, 0, 2);
    }

    [Fact]
    public void Fit_SwappedArms_TurnsEveryEffectRound()
    {
        var trial = MadeTrial.Make(300, 6);
        var one = TreatmentModel.Fit(trial.Task(null, BaseKind.Smooth), keepsOthers: true);
        var other = TreatmentModel.Fit(trial.Swapped().Task(null, BaseKind.Smooth), keepsOthers: true);
        double[] propensities = [.. trial.Rows.SelectMany(_ => new[] { 0.5, 0.5 })];

        Assert.Equal(one.Chosen, other.Chosen);
        for (int learner = 0; learner < one.Others.Length; learner++)
        {
            double[] effects = one.Others[learner].Model.Effects(trial.Samples.Features, trial.Rows, propensities);
            double[] turned = other.Others[learner].Model.Effects(trial.Samples.Features, trial.Rows, propensities);
            Assert.All(effects.Zip(turned), pair => Assert.Equal(pair.First, -pair.Second, 1e-8));
        }
    }

    [Fact]
    public void Fit_AnyNumberOfThreads_GivesTheSameBits()
    {
        var trial = MadeTrial.Make(250, 7, isObservational: true);
        using var two = new TaskPool(2);
        using var four = new TaskPool(4);
        string[] bits =
        [
            .. new[] { TaskPool.Sequential, two, four }
                .Select(pool => TreatmentModel.Fit(trial.Task(pool), keepsOthers: true))
                .Select(model => string.Join(
                    ',',
                    model.Others.SelectMany(learner => learner.Model.Effects(trial.Samples.Features, trial.Rows, model.Propensities.Predict(trial.Rows)))
                        .Concat(model.Effects(trial.Rows)).Select(BitConverter.DoubleToInt64Bits))),
        ];

        Assert.Single(bits.Distinct());
    }

    [Fact]
    public void Fit_RegionThatIsAlwaysTreated_IsFlaggedAndTheAverageIsAdjusted()
    {
        var trial = MadeTrial.Make(2000, 8, strength: 0, isObservational: true);
        var model = TreatmentModel.Fit(trial.Task(null, BaseKind.Smooth));
        bool IsOutside(int row) => trial.Samples.Features.Values[(4 * row) + 1] > 1.2;

        int[] outside = Array.FindAll(trial.Rows, IsOutside), inside = Array.FindAll(trial.Rows, row => !IsOutside(row));
        Assert.InRange(outside.Count(row => model.Nuisances.IsOutside[row]), 0.8 * outside.Length, outside.Length);
        Assert.InRange(inside.Count(row => model.Nuisances.IsOutside[row]), 0, 0.05 * inside.Length);

        // The plain difference of means takes the second number's effect for the treatment's.
        int[] kept = Array.FindAll(trial.Rows, row => !model.Nuisances.IsOutside[row]);
        Assert.InRange(kept.Average(row => model.Nuisances.Score(trial.Samples, row, 1)), 0.75, 1.25);
        double Mean(int arm) => kept.Where(row => trial.Samples.Arms[row] == arm).Average(row => trial.Samples.Outcomes[row]);
        Assert.True(Mean(1) - Mean(0) > 2);
    }

    [Fact]
    public void Fit_RowsThatAreNotLearnedFrom_ChangeNoBit()
    {
        var trial = MadeTrial.Make(300, 9);
        int[] learned = [.. Enumerable.Range(0, 200)];
        double[] changed = [.. trial.Samples.Outcomes];
        changed.AsSpan(200).Fill(1e6);

        var one = TreatmentModel.Fit(trial.Task(null, BaseKind.Smooth) with { Rows = learned });
        var other = TreatmentModel.Fit((trial with { Samples = trial.Samples with { Outcomes = changed } }).Task(null, BaseKind.Smooth) with { Rows = learned });

        Assert.Equal(one.Effects(trial.Rows), other.Effects(trial.Rows));
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(-3, 1, 0)]
    [InlineData(0.9, 1, 0)]
    [InlineData(1, double.PositiveInfinity, 0)]
    [InlineData(1, 0.1, 0.99)]
    [InlineData(0.5, 0.1, 0.48)]
    [InlineData(1.7, 0.1, 0.99654)]
    public void Share_OfSlopeAndError_KeepsWhatIsBorneOut(double slope, double error, double expected) =>
        Assert.Equal(expected, Shrinkage.Share(slope, error), 1e-4);

    private static double Error(double[] truth, double[] effects) => Math.Sqrt(truth.Zip(effects, (a, b) => (a - b) * (a - b)).Average());
}
