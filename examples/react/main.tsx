import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { SignUp } from './sign-up';

function Join() {
  const [news, setNews] = useState('');
  return (
    <>
      <h1>Join the Harbour Shop</h1>
      <SignUp
        portal="https://signup.example.com"
        clientId="shop"
        locale="en"
        onReady={() => setNews('The form is there.')}
        onSubmitted={() => setNews('Somebody has signed up and has mail.')}
        onVerified={() => setNews('The address is confirmed; signing in comes next.')}
        onError={(reason) => setNews(`The form is not there: ${reason}.`)}
      />
      <p id="news" role="status">
        {news}
      </p>
    </>
  );
}

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<Join />);
