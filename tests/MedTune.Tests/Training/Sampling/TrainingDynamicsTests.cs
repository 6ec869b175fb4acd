using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests.Training.Sampling;

/// <summary>Samples are followed through the epochs, and a journal that is read back goes on where it was.</summary>
public sealed class TrainingDynamicsTests
{
    [Fact]
    public void Record_ByHand_GivesEachFigure()
    {
        var dynamics = new TrainingDynamics(2);
        dynamics.Record(1, [2f, 0f, 1f], 0); // right, margin 1
        dynamics.Record(1, [0f, 0f, 3f], 0); // wrong, margin -3
        dynamics.Record(1, [4f, 0f, 0f], 0); // right, margin 4
        var sample = dynamics.Of(1);
        double[] probabilities = [Softmax(2, 0, 1), Softmax(0, 0, 3), Softmax(4, 0, 0)];
        Assert.Equal((3, 1), (sample.Epochs, sample.Forgotten));
        Assert.Equal(probabilities.Average(), sample.Confidence, 9);
        Assert.Equal(Math.Sqrt(probabilities.Average(p => (p - probabilities.Average()) * (p - probabilities.Average()))), sample.Variability, 9);
        Assert.Equal(2 / 3.0, sample.AreaUnderMargin, 9);
        Assert.Equal(2 / 3.0, sample.Correctness, 9);
        Assert.Equal(new SampleDynamics(0, 0, 0, 0, 0, 0), dynamics.Of(0));
        static double Softmax(double own, double one, double other) => DoubleMath.Exp(own) / (DoubleMath.Exp(own) + DoubleMath.Exp(one) + DoubleMath.Exp(other));
    }

    [Fact]
    public void Record_OneLogit_IsThatOfTheSecondClass()
    {
        var dynamics = new TrainingDynamics(2);
        dynamics.Record(0, [1.5f], 1);
        dynamics.Record(1, [1.5f], 0);
        Assert.Equal(1.5, dynamics.Of(0).AreaUnderMargin);
        Assert.Equal(-1.5, dynamics.Of(1).AreaUnderMargin);
        Assert.Equal(1, dynamics.Of(0).Confidence + dynamics.Of(1).Confidence, 9);
        Assert.Throws<ArgumentException>(() => dynamics.Record(0, [float.NaN], 1));
    }

    [Fact]
    public void SaveAndLoad_GoOnWhereItWas()
    {
        var (one, other) = (new TrainingDynamics(3), new TrainingDynamics(3));
        one.Record(0, [1f, 2f], 1);
        one.Record(2, [1f, 2f], 0);
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            one.Save(writer);
        }

        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        other.Load(reader);
        one.Record(0, [3f, 2f], 1);
        other.Record(0, [3f, 2f], 1);
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(one.Of(i), other.Of(i)));
    }
}
