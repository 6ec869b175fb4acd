using System.Numerics;

namespace MedTune.Graphs.Operators;

/// <summary>The places of one channel's elements in [N, C, ...], sample by sample.</summary>
/// <param name="Channel">Which channel.</param>
/// <param name="Channels">C.</param>
/// <param name="Width">Elements of a plane.</param>
/// <param name="Samples">N.</param>
internal readonly record struct ChannelPlanes(int Channel, int Channels, int Width, int Samples)
{
    /// <summary>Mean and variance (divided by the number) of the channel, summed in double.</summary>
    public (double Mean, double Variance) Moments<T>(ReadOnlySpan<T> x)
        where T : INumber<T>
    {
        double count = (double)Samples * Width;
        double sum = 0, squares = 0;
        foreach (int i in this)
        {
            sum += double.CreateChecked(x[i]);
        }

        double mean = sum / count;
        foreach (int i in this)
        {
            double deviation = double.CreateChecked(x[i]) - mean;
            squares += deviation * deviation;
        }

        return (mean, squares / count);
    }

    public Enumerator GetEnumerator() => new(this);

    internal struct Enumerator(ChannelPlanes planes)
    {
        private int _sample;
        private int _place = -1;

        public readonly int Current => (((_sample * planes.Channels) + planes.Channel) * planes.Width) + _place;

        public bool MoveNext()
        {
            if (++_place >= planes.Width)
            {
                _place = 0;
                _sample++;
            }

            return _sample < planes.Samples && planes.Width > 0;
        }
    }
}
